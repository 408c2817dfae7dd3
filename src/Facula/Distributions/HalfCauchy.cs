using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The absolute value of a Cauchy variable of location 0.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.half_cauchy")]
public class HalfCauchy : TransformedDistribution
{
    /// <param name="scale">The scale of the full distribution, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public HalfCauchy(Tensor scale, bool? validate_args = null, Generator? generator = null) => Initialize(new Cauchy(0, scale, validate_args: false, generator), [new AbsTransform()], validate_args);

    /// <summary>The scale of the full distribution.</summary>
    public Tensor scale => ((Cauchy)base_dist).scale;

    protected override IEnumerable<Argument> Arguments => [new("scale", constraints.positive, () => scale, false)];
    /// <inheritdoc/>
    public override HalfCauchy expand(Size batch_shape) => (HalfCauchy)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.nonnegative;
    public override Tensor mean => Parameters.Full(_extended_shape(), double.PositiveInfinity, scale);
    public override Tensor variance => base_dist.variance;
    public override Tensor mode => torch.zeros_like(scale);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return torch.where(value >= 0, base_dist.log_prob(value) + Math.Log(2), double.NegativeInfinity);
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return 2 * base_dist.cdf(value) - 1;
    }

    public override Tensor icdf(Tensor value) => base_dist.icdf((value + 1) / 2);
    public override Tensor entropy() => base_dist.entropy() - Math.Log(2);
}
