namespace Facula.Modules;

/// <summary>Normalisation over the last dimensions.</summary>
[Factory("torch.nn")]
public class LayerNorm : nn.Module<Tensor, Tensor>
{
    public LayerNorm(Dims normalized_shape, double eps = 1e-5, bool elementwise_affine = true, Device? device = null, ScalarType? dtype = null)
    {
        this.normalized_shape = normalized_shape.ToArray();
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = new Parameter(torch.ones(new Size(this.normalized_shape), dtype: dtype, device: device));
        bias = new Parameter(torch.zeros(new Size(this.normalized_shape), dtype: dtype, device: device));
    }

    public long[] normalized_shape { get; }
    public double eps { get; }
    public bool elementwise_affine { get; }

    /// <summary>Scale (normalized_shape), or null.</summary>
    public Parameter? weight { get => Live(field); set; }

    /// <summary>Shift (normalized_shape), or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, new Size(normalized_shape), weight, bias, eps);

    public override string extra_repr() => $"{PythonText.Tuple(normalized_shape)}, eps={PythonText.Float(eps)}, elementwise_affine={PythonText.Of(elementwise_affine)}";
}
