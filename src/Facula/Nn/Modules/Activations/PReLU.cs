namespace Facula.Modules;

/// <summary>max(0, x) + weight·min(0, x) with a learned weight, one or one per channel.</summary>
[Factory("torch.nn")]
public class PReLU : nn.Module<Tensor, Tensor>
{
    public PReLU(long num_parameters = 1, double init = 0.25, Device? device = null, ScalarType? dtype = null)
    {
        this.num_parameters = num_parameters;
        weight = new Parameter(torch.empty(new Size(num_parameters), dtype: dtype, device: device).fill_(init));
    }

    public long num_parameters { get; }

    /// <summary>The slopes (num_parameters).</summary>
    public Parameter weight { get => Live(field); set; }

    public override Tensor forward(Tensor input) => nn.functional.prelu(input, weight);

    public override string extra_repr() => $"num_parameters={num_parameters}";
}
