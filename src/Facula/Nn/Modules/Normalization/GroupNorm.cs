namespace Facula.Modules;

/// <summary>Normalisation over groups of channels of (N, C, …).</summary>
[Factory("torch.nn")]
public class GroupNorm : nn.Module<Tensor, Tensor>
{
    public GroupNorm(long num_groups, long num_channels, double eps = 1e-5, bool affine = true, Device? device = null, ScalarType? dtype = null)
    {
        if (num_channels % num_groups != 0) throw new ArgumentException("num_channels must be divisible by num_groups");
        this.num_groups = num_groups;
        this.num_channels = num_channels;
        this.eps = eps;
        this.affine = affine;
        if (!affine) return;
        weight = new Parameter(torch.ones(new Size(num_channels), dtype: dtype, device: device));
        bias = new Parameter(torch.zeros(new Size(num_channels), dtype: dtype, device: device));
    }

    public long num_groups { get; }
    public long num_channels { get; }
    public double eps { get; }
    public bool affine { get; }

    /// <summary>Scale (num_channels), or null.</summary>
    public Parameter? weight { get => Live(field); set; }

    /// <summary>Shift (num_channels), or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    public override Tensor forward(Tensor input) => nn.functional.group_norm(input, num_groups, weight, bias, eps);

    public override string extra_repr() => $"{num_groups}, {num_channels}, eps={PythonText.Float(eps)}, affine={PythonText.Of(affine)}";
}
