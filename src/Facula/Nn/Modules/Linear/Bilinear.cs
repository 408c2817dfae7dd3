namespace Facula.Modules;

/// <summary>y = x₁ᵀ·A·x₂ + b; inputs (*, in1_features) and (*, in2_features), output (*, out_features).</summary>
[Factory("torch.nn")]
public class Bilinear : nn.Module<Tensor, Tensor, Tensor>
{
    public Bilinear(long in1_features, long in2_features, long out_features, bool bias = true, Device? device = null, ScalarType? dtype = null)
    {
        this.in1_features = in1_features;
        this.in2_features = in2_features;
        this.out_features = out_features;
        weight = new Parameter(torch.empty(new Size(out_features, in1_features, in2_features), dtype: dtype, device: device));
        if (bias) this.bias = new Parameter(torch.empty(new Size(out_features), dtype: dtype, device: device));
        double bound = 1 / Math.Sqrt(in1_features);
        nn.init.uniform_(weight, -bound, bound);
        if (this.bias is not null) nn.init.uniform_(this.bias, -bound, bound);
    }

    public long in1_features { get; }
    public long in2_features { get; }
    public long out_features { get; }

    /// <summary>A (out_features, in1_features, in2_features).</summary>
    public Parameter weight { get => Live(field); set; }

    /// <summary>b (out_features), or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    public override Tensor forward(Tensor input1, Tensor input2) => nn.functional.bilinear(input1, input2, weight, bias);

    public override string extra_repr() => $"in1_features={in1_features}, in2_features={in2_features}, out_features={out_features}, bias={PythonText.Of(bias is not null)}";
}
