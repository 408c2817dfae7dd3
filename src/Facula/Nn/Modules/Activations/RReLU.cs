namespace Facula.Modules;

/// <summary>Leaky ReLU with a random slope in training.</summary>
[Factory("torch.nn")]
public class RReLU : nn.Module<Tensor, Tensor>
{
    public RReLU(Scalar? lower = null, Scalar? upper = null, bool inplace = false)
    {
        this.lower = lower;
        this.upper = upper;
        this.inplace = inplace;
    }

    public Scalar? lower { get; set; }
    public Scalar? upper { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.rrelu(input, (lower ?? 1.0 / 8).ToDouble(), (upper ?? 1.0 / 3).ToDouble(), training, inplace);

    public override string extra_repr() => $"lower={lower ?? 1.0 / 8}, upper={upper ?? 1.0 / 3}{(inplace ? ", inplace=True" : "")}";
}
