namespace Facula.Modules;

/// <summary>Softmax of −x along a dimension.</summary>
[Factory("torch.nn")]
public class Softmin : nn.Module<Tensor, Tensor>
{
    public Softmin(long? dim = null)
    {
        this.dim = dim;
    }

    public long? dim { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.softmin(input, dim);

    public override string extra_repr() => $"dim={dim?.ToString() ?? "None"}";
}
