namespace Facula.Modules;

/// <summary>Leaky ReLU with a random slope in training.</summary>
[Factory("torch.nn")]
public class RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3, bool inplace = false) : nn.Module<Tensor, Tensor>
{
    public double lower { get; set; } = lower;
    public double upper { get; set; } = upper;
    public bool inplace { get; set; } = inplace;

    public override Tensor forward(Tensor input) => nn.functional.rrelu(input, lower, upper, training, inplace);

    public override string extra_repr() => $"lower={PythonText.Float(lower)}, upper={PythonText.Float(upper)}{(inplace ? ", inplace=True" : "")}";
}
