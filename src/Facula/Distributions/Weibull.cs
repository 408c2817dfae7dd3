using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Weibull distribution.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.weibull")]
public class Weibull : TransformedDistribution
{
    /// <param name="scale">The scale, a number or a tensor.</param>
    /// <param name="concentration">The shape, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Weibull(Tensor scale, Tensor concentration, bool? validate_args = null, Generator? generator = null)
    {
        (this.scale, this.concentration) = Parameters.Broadcast2(scale, concentration);
        concentration_reciprocal = this.concentration.reciprocal();
        Initialize(new Exponential(torch.ones_like(this.scale), validate_args, generator),
            [new PowerTransform(concentration_reciprocal), new AffineTransform(0, this.scale)], validate_args);
    }

    /// <summary>The scale.</summary>
    public Tensor scale { get; }

    /// <summary>The shape.</summary>
    public Tensor concentration { get; }

    /// <summary>One over the shape.</summary>
    public Tensor concentration_reciprocal { get; }

    protected override IEnumerable<Argument> Arguments => [new("scale", constraints.positive, () => scale), new("concentration", constraints.positive, () => concentration)];
    /// <inheritdoc/>
    public override Weibull expand(Size batch_shape) => new(scale.expand(batch_shape), concentration.expand(batch_shape), Validates, base_dist.Source);
    public override constraints.Constraint support => constraints.positive;
    public override Tensor mean => scale * torch.exp(torch.lgamma(1 + concentration_reciprocal));
    public override Tensor mode => scale * ((concentration - 1) / concentration).pow(concentration.reciprocal());

    public override Tensor variance =>
        scale.pow(2) * (torch.exp(torch.lgamma(1 + 2 * concentration_reciprocal)) - torch.exp(2 * torch.lgamma(1 + concentration_reciprocal)));

    public override Tensor entropy() => Parameters.EulerGamma * (1 - concentration_reciprocal) + torch.log(scale * concentration_reciprocal) + 1;
}
