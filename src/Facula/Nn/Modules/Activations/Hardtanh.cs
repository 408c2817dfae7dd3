namespace Facula.Modules;

/// <summary>clamp(x, min_val, max_val).</summary>
[Factory("torch.nn")]
public class Hardtanh : nn.Module<Tensor, Tensor>
{
    public Hardtanh(Scalar? min_val = null, Scalar? max_val = null, bool inplace = false)
    {
        this.min_val = min_val;
        this.max_val = max_val;
        this.inplace = inplace;
    }

    public Scalar? min_val { get; set; }
    public Scalar? max_val { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.hardtanh(input, (min_val ?? -1.0).ToDouble(), (max_val ?? 1.0).ToDouble(), inplace);

    public override string extra_repr() => $"min_val={min_val ?? -1.0}, max_val={max_val ?? 1.0}{(inplace ? ", inplace=True" : "")}";
}
