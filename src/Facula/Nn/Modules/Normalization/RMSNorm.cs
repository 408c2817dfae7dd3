namespace Facula.Modules;

/// <summary>Divides the trailing dimensions by their root mean square, then scales.</summary>
[Factory("torch.nn")]
public class RMSNorm : nn.Module<Tensor, Tensor>
{
    /// <param name="normalized_shape">The trailing dimensions that are normalised together.</param>
    /// <param name="eps">What is added to the mean square; by default the smallest step from 1 of the dtype.</param>
    /// <param name="elementwise_affine">Whether to learn a scale.</param>
    /// <param name="device">Device of the scale.</param>
    /// <param name="dtype">dtype of the scale.</param>
    public RMSNorm(Dims normalized_shape, double? eps = null, bool elementwise_affine = true, Device? device = null, ScalarType? dtype = null)
    {
        this.normalized_shape = new Size(normalized_shape.ToArray());
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (elementwise_affine) weight = new Parameter(torch.ones(this.normalized_shape, dtype: dtype, device: device));
    }

    public Size normalized_shape { get; }
    public double? eps { get; }
    public bool elementwise_affine { get; }

    /// <summary>Scale (normalized_shape), or null.</summary>
    public Parameter? weight { get; set; }

    /// <summary>Scale 1.</summary>
    public void reset_parameters()
    {
        if (weight is not null) nn.init.ones_(weight);
    }

    public override Tensor forward(Tensor input) => nn.functional.rms_norm(input, normalized_shape, weight, eps);

    public override string extra_repr() =>
        $"{PythonText.Tuple(normalized_shape.ToArray())}, eps={(eps is { } e ? PythonText.Float(e) : "None")}, elementwise_affine={PythonText.Of(elementwise_affine)}";
}
