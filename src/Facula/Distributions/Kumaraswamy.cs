using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Kumaraswamy distribution on [0, 1]: like beta, but with a closed inverse.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.kumaraswamy")]
public class Kumaraswamy : TransformedDistribution
{
    /// <param name="concentration1">The first concentration, a number or a tensor.</param>
    /// <param name="concentration0">The second concentration, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Kumaraswamy(Tensor concentration1, Tensor concentration0, bool? validate_args = null, Generator? generator = null)
    {
        (this.concentration1, this.concentration0) = Parameters.Broadcast2(concentration1, concentration0);
        var uniform = new Uniform(torch.full_like(this.concentration0, 0), torch.full_like(this.concentration0, 1), validate_args, generator);
        Initialize(uniform,
        [
            new PowerTransform(this.concentration0.reciprocal()),
            new AffineTransform(1.0, -1.0),
            new PowerTransform(this.concentration1.reciprocal()),
        ], validate_args);
    }

    /// <summary>The first concentration.</summary>
    public Tensor concentration1 { get; private set; }

    /// <summary>The second concentration.</summary>
    public Tensor concentration0 { get; private set; }

    protected override IEnumerable<Argument> Arguments =>
        [new("concentration1", constraints.positive, () => concentration1), new("concentration0", constraints.positive, () => concentration0)];

    /// <inheritdoc/>
    public override Kumaraswamy expand(Size batch_shape)
    {
        var copy = (Kumaraswamy)base.expand(batch_shape);
        (copy.concentration1, copy.concentration0) = (concentration1.expand(batch_shape), concentration0.expand(batch_shape));
        return copy;
    }

    public override constraints.Constraint support => constraints.unit_interval;
    public override Tensor mean => Moment(1);

    public override Tensor mode
    {
        get
        {
            Tensor log = concentration0.reciprocal() * (-concentration0).log1p() - (-concentration0 * concentration1).log1p();
            return log.masked_fill((concentration0 < 1) | (concentration1 < 1), double.NaN).exp();
        }
    }

    public override Tensor variance => Moment(2) - mean.pow(2);

    public override Tensor entropy()
    {
        Tensor harmonic = torch.digamma(concentration0 + 1) + Parameters.EulerGamma;
        return 1 - concentration0.reciprocal() + (1 - concentration1.reciprocal()) * harmonic - torch.log(concentration1) - torch.log(concentration0);
    }

    // b·B(1 + n/a, b)
    private Tensor Moment(int n)
    {
        Tensor first = 1 + n / concentration1;
        return concentration0 * torch.exp(torch.lgamma(first) + torch.lgamma(concentration0) - torch.lgamma(first + concentration0));
    }
}
