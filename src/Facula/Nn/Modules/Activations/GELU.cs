namespace Facula.Modules;

/// <summary>x·Φ(x), Φ the normal distribution function.</summary>
[Factory("torch.nn")]
public class GELU : nn.Module<Tensor, Tensor>
{
    public GELU(string approximate = "none")
    {
        this.approximate = approximate;
    }

    public string approximate { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.gelu(input, approximate);

    public override string extra_repr() => $"approximate='{approximate}'";
}
