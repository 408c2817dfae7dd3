namespace Facula.Modules;

/// <summary>x for x > 0, else slope·x.</summary>
[Factory("torch.nn")]
public class LeakyReLU : nn.Module<Tensor, Tensor>
{
    public LeakyReLU(Scalar? negative_slope = null, bool inplace = false)
    {
        this.negative_slope = negative_slope;
        this.inplace = inplace;
    }

    public Scalar? negative_slope { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.leaky_relu(input, (negative_slope ?? 0.01).ToDouble(), inplace);

    public override string extra_repr() => $"negative_slope={negative_slope ?? 0.01}{(inplace ? ", inplace=True" : "")}";
}
