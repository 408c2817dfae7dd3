namespace Facula.Modules;

/// <summary>x·tanh(softplus(x)).</summary>
[Factory("torch.nn")]
public class Mish : nn.Module<Tensor, Tensor>
{
    public Mish(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.mish(input, inplace);

    public override string extra_repr() => inplace ? "inplace=True" : "";
}
