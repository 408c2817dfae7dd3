using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Probabilities of K + 1 classes whose stick-breaking coordinates (*, K) are normal.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.logistic_normal")]
public class LogisticNormal : TransformedDistribution
{
    /// <param name="loc">The means (*, K).</param>
    /// <param name="scale">The standard deviations (*, K).</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public LogisticNormal(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null)
    {
        var normal = new Normal(loc, scale, validate_args, generator);
        if (normal.batch_shape.Length == 0) normal = normal.expand(new Size(1));
        Initialize(normal, [new StickBreakingTransform()], validate_args);
    }

    /// <summary>The means (*, K).</summary>
    public Tensor loc => Base.loc;

    /// <summary>The standard deviations (*, K).</summary>
    public Tensor scale => Base.scale;

    private Normal Base => (Normal)((Independent)base_dist).base_dist;

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc, false), new("scale", constraints.positive, () => scale, false)];
    /// <inheritdoc/>
    public override LogisticNormal expand(Size batch_shape) => (LogisticNormal)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.simplex;
}
