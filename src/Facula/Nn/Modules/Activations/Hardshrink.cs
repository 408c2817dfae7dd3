namespace Facula.Modules;

/// <summary>x where |x| > λ, else 0.</summary>
[Factory("torch.nn")]
public class Hardshrink : nn.Module<Tensor, Tensor>
{
    public Hardshrink(Scalar? lambd = null)
    {
        this.lambd = lambd;
    }

    public Scalar? lambd { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.hardshrink(input, (lambd ?? 0.5).ToDouble());

    public override string extra_repr() => (lambd ?? 0.5).ToString();
}
