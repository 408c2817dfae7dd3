using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A variable whose logarithm is normal.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.log_normal")]
public class LogNormal : TransformedDistribution
{
    /// <param name="loc">The mean of the logarithm, a number or a tensor.</param>
    /// <param name="scale">The standard deviation of the logarithm, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public LogNormal(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null) => Initialize(new Normal(loc, scale, validate_args, generator), [new ExpTransform()], validate_args);

    /// <summary>The mean of the logarithm.</summary>
    public Tensor loc => ((Normal)base_dist).loc;

    /// <summary>The standard deviation of the logarithm.</summary>
    public Tensor scale => ((Normal)base_dist).scale;

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc, false), new("scale", constraints.positive, () => scale, false)];
    /// <inheritdoc/>
    public override LogNormal expand(Size batch_shape) => (LogNormal)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.positive;
    public override Tensor mean => (loc + scale.pow(2) / 2).exp();
    public override Tensor mode => (loc - scale.square()).exp();
    public override Tensor variance => (scale.pow(2).exp() - 1) * (2 * loc + scale.pow(2)).exp();
    public override Tensor entropy() => base_dist.entropy() + loc;
}
