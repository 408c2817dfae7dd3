namespace Facula.Modules;

/// <summary>x where x > threshold, else value.</summary>
[Factory("torch.nn")]
public class Threshold : nn.Module<Tensor, Tensor>
{
    public Threshold(Scalar threshold, Scalar value, bool inplace = false)
    {
        this.threshold = threshold;
        this.value = value;
        this.inplace = inplace;
    }

    public Scalar threshold { get; set; }
    public Scalar value { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.threshold(input, threshold.ToDouble(), value.ToDouble(), inplace);

    public override string extra_repr() => $"threshold={threshold}, value={value}{(inplace ? ", inplace=True" : "")}";
}
