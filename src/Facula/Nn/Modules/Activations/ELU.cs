namespace Facula.Modules;

/// <summary>x for x > 0, else α(eˣ − 1).</summary>
[Factory("torch.nn")]
public class ELU : nn.Module<Tensor, Tensor>
{
    public ELU(Scalar? alpha = null, bool inplace = false)
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    public Scalar? alpha { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.elu(input, (alpha ?? 1.0).ToDouble(), inplace);

    public override string extra_repr() => $"alpha={alpha ?? 1.0}{(inplace ? ", inplace=True" : "")}";
}
