namespace Facula.Modules;

/// <summary>The first half of the channels, gated by the sigmoid of the second.</summary>
[Factory("torch.nn")]
public class GLU : nn.Module<Tensor, Tensor>
{
    public GLU(long dim = -1)
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.glu(input, dim);

    public override string extra_repr() => $"dim={dim}";
}
