namespace Facula.Modules;

/// <summary>Exponentials that sum to one along a dimension.</summary>
[Factory("torch.nn")]
public class Softmax : nn.Module<Tensor, Tensor>
{
    public Softmax(long? dim = null)
    {
        this.dim = dim;
    }

    public long? dim { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.softmax(input, dim);

    public override string extra_repr() => $"dim={dim?.ToString() ?? "None"}";
}
