namespace Facula.Modules;

/// <summary>Pads (N, C, H, W) by repeating the border; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ReplicationPad2d(Dims padding) : nn.Module<Tensor, Tensor>
{
    public long[] padding { get; } = PoolNumbers.Fill(padding, 4, 0);

    public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, "replicate");

    public override string extra_repr() => PythonText.Tuple(padding);
}
