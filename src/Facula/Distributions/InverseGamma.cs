using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The reciprocal of a gamma variable.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.inverse_gamma")]
public class InverseGamma : TransformedDistribution
{
    /// <param name="concentration">The shape, a number or a tensor.</param>
    /// <param name="rate">The rate of the gamma variable, which is the scale here: a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public InverseGamma(Tensor concentration, Tensor rate, bool? validate_args = null, Generator? generator = null)
    {
        var gamma = new Gamma(concentration, rate, validate_args, generator);
        Initialize(gamma, [new PowerTransform(Parameters.Full(default, -1, gamma.rate))], validate_args);
    }

    /// <summary>The shape.</summary>
    public Tensor concentration => ((Gamma)base_dist).concentration;

    /// <summary>The rate of the gamma variable.</summary>
    public Tensor rate => ((Gamma)base_dist).rate;

    protected override IEnumerable<Argument> Arguments =>
        [new("concentration", constraints.positive, () => concentration, false), new("rate", constraints.positive, () => rate, false)];

    /// <inheritdoc/>
    public override InverseGamma expand(Size batch_shape) => (InverseGamma)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.positive;
    public override Tensor mean => torch.where(concentration > 1, rate / (concentration - 1), double.PositiveInfinity);
    public override Tensor mode => rate / (concentration + 1);

    public override Tensor variance =>
        torch.where(concentration > 2, rate.square() / ((concentration - 1).square() * (concentration - 2)), double.PositiveInfinity);

    public override Tensor entropy() => concentration + rate.log() + concentration.lgamma() - (1 + concentration) * concentration.digamma();
}
