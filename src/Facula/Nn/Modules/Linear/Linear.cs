namespace Facula.Modules;

/// <summary>y = x·Wᵀ + b; input (*, in_features), output (*, out_features).</summary>
[Factory("torch.nn")]
public class Linear : nn.Module<Tensor, Tensor>
{
    /// <param name="in_features">Size of each input sample.</param>
    /// <param name="out_features">Size of each output sample.</param>
    /// <param name="bias">Whether to learn an additive bias.</param>
    /// <param name="device">Device of the parameters.</param>
    /// <param name="dtype">dtype of the parameters.</param>
    public Linear(long in_features, long out_features, bool bias = true, Device? device = null, ScalarType? dtype = null)
    {
        this.in_features = in_features;
        this.out_features = out_features;
        if (this is ILazyModule)
        {
            weight = new UninitializedParameter(device: device, dtype: dtype);
            if (bias) this.bias = new UninitializedParameter(device: device, dtype: dtype);
            return;
        }
        weight = new Parameter(torch.empty(new Size(out_features, in_features), dtype: dtype, device: device));
        if (bias) this.bias = new Parameter(torch.empty(new Size(out_features), dtype: dtype, device: device));
        reset_parameters();
    }

    public long in_features { get; protected set; }
    public long out_features { get; }

    /// <summary>W (out_features, in_features).</summary>
    public Parameter weight { get => Live(field); set; }

    /// <summary>b (out_features), or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    /// <summary>He's uniform initialisation with a = √5: both bounds are 1/√in_features.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        (long fanIn, _) = nn.init.Fans(weight);
        double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        nn.init.uniform_(bias, -bound, bound);
    }

    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);

    public override string extra_repr() => $"in_features={in_features}, out_features={out_features}, bias={PythonText.Of(bias is not null)}";
}
