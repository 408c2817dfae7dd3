namespace Facula.Modules;

/// <summary>Interleaves groups of channels.</summary>
[Factory("torch.nn")]
public class ChannelShuffle : nn.Module<Tensor, Tensor>
{
    public ChannelShuffle(long groups)
    {
        this.groups = groups;
    }

    public long groups { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.channel_shuffle(input, groups);

    public override string extra_repr() => $"groups={groups}";
}
