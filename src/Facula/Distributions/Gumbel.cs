using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Gumbel distribution of the largest of many.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.gumbel")]
public class Gumbel : TransformedDistribution
{
    /// <param name="loc">The location, a number or a tensor.</param>
    /// <param name="scale">The scale, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Gumbel(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null)
    {
        (this.loc, this.scale) = Parameters.Broadcast2(loc, scale);
        FloatInfo info = torch.finfo(this.loc.DType);
        var uniform = new Uniform(torch.full_like(this.loc, info.tiny), torch.full_like(this.loc, 1 - info.eps), generator: generator);
        Initialize(uniform,
        [
            new ExpTransform().inv,
            new AffineTransform(0, -torch.ones_like(this.scale)),
            new ExpTransform().inv,
            new AffineTransform(this.loc, -this.scale),
        ], validate_args);
    }

    /// <summary>The location.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The scale.</summary>
    public Tensor scale { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc), new("scale", constraints.positive, () => scale)];

    /// <inheritdoc/>
    public override Gumbel expand(Size batch_shape)
    {
        var copy = (Gumbel)base.expand(batch_shape);
        (copy.loc, copy.scale) = (loc.expand(batch_shape), scale.expand(batch_shape));
        return copy;
    }

    public override constraints.Constraint support => constraints.real;

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor y = (loc - value) / scale;
        return y - y.exp() - scale.log();
    }

    public override Tensor mean => loc + scale * Parameters.EulerGamma;
    public override Tensor mode => loc;
    public override Tensor stddev => Math.PI / Math.Sqrt(6) * scale;
    public override Tensor variance => stddev.pow(2);
    public override Tensor entropy() => scale.log() + (1 + Parameters.EulerGamma);
}
