namespace Facula.Modules;

/// <summary>x ∓ λ beyond ±λ, else 0.</summary>
[Factory("torch.nn")]
public class Softshrink : nn.Module<Tensor, Tensor>
{
    public Softshrink(Scalar? lambd = null)
    {
        this.lambd = lambd;
    }

    public Scalar? lambd { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.softshrink(input, (lambd ?? 0.5).ToDouble());

    public override string extra_repr() => (lambd ?? 0.5).ToString();
}
