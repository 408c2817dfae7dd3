namespace Facula.Modules;

/// <summary>max(0, x) + min(0, α(e^(x/α) − 1)).</summary>
[Factory("torch.nn")]
public class CELU : nn.Module<Tensor, Tensor>
{
    public CELU(Scalar? alpha = null, bool inplace = false)
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    public Scalar? alpha { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.celu(input, (alpha ?? 1.0).ToDouble(), inplace);

    public override string extra_repr() => $"alpha={alpha ?? 1.0}{(inplace ? ", inplace=True" : "")}";
}
