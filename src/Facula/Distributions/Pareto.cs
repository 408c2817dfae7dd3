using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Pareto distribution of type 1: a power law from <c>scale</c> on.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.pareto")]
public class Pareto : TransformedDistribution
{
    /// <param name="scale">The smallest value, a number or a tensor.</param>
    /// <param name="alpha">The exponent of the tail, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Pareto(Tensor scale, Tensor alpha, bool? validate_args = null, Generator? generator = null)
    {
        (this.scale, this.alpha) = Parameters.Broadcast2(scale, alpha);
        Initialize(new Exponential(this.alpha, validate_args, generator), [new ExpTransform(), new AffineTransform(0, this.scale)], validate_args);
    }

    /// <summary>The smallest value.</summary>
    public Tensor scale { get; private set; }

    /// <summary>The exponent of the tail.</summary>
    public Tensor alpha { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("alpha", constraints.positive, () => alpha), new("scale", constraints.positive, () => scale)];

    /// <inheritdoc/>
    public override Pareto expand(Size batch_shape)
    {
        var copy = (Pareto)base.expand(batch_shape);
        (copy.scale, copy.alpha) = (scale.expand(batch_shape), alpha.expand(batch_shape));
        return copy;
    }

    public override constraints.Constraint support => constraints.greater_than_eq(scale);

    public override Tensor mean
    {
        get
        {
            Tensor a = alpha.clamp(min: 1);
            return a * scale / (a - 1);
        }
    }

    public override Tensor mode => scale;

    public override Tensor variance
    {
        get
        {
            Tensor a = alpha.clamp(min: 2);
            return scale.pow(2) * a / ((a - 1).pow(2) * (a - 2));
        }
    }

    public override Tensor entropy() => (scale / alpha).log() + (1 + alpha.reciprocal());
}
