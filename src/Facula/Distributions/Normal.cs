using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The normal distribution of mean <c>loc</c> and standard deviation <c>scale</c>.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.normal")]
public class Normal : ExponentialFamily
{
    private static readonly double s_logRootTwoPi = Math.Log(Math.Sqrt(2 * Math.PI));

    /// <param name="loc">The mean, a number or a tensor.</param>
    /// <param name="scale">The standard deviation, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Normal(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null)
    {
        (this.loc, this.scale) = Parameters.Broadcast2(loc, scale);
        Initialize(this.loc.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The mean.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The standard deviation.</summary>
    public Tensor scale { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc), new("scale", constraints.positive, () => scale)];

    /// <inheritdoc/>
    public override Normal expand(Size batch_shape)
    {
        Normal copy = Copy<Normal>(batch_shape);
        (copy.loc, copy.scale) = (loc.expand(batch_shape), scale.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real;
    public override Tensor mean => loc;
    public override Tensor mode => loc;
    public override Tensor stddev => scale;
    public override Tensor variance => scale.pow(2);

    public override Tensor sample(Size sample_shape = default)
    {
        Size shape = _extended_shape(sample_shape);
        using (torch.no_grad()) return torch.normal(loc.expand(shape), scale.expand(shape), Source);
    }

    public override Tensor rsample(Size sample_shape = default) => loc + Parameters.StandardNormal(_extended_shape(sample_shape), loc, Source) * scale;

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return -(value - loc).pow(2) / (2 * scale.pow(2)) - scale.log() - s_logRootTwoPi;
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return 0.5 * (1 + torch.erf((value - loc) * scale.reciprocal() / Math.Sqrt(2)));
    }

    public override Tensor icdf(Tensor value) => loc + scale * torch.erfinv(2 * value - 1) * Math.Sqrt(2);
    public override Tensor entropy() => 0.5 + 0.5 * Math.Log(2 * Math.PI) + scale.log();
    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [loc / scale.pow(2), -0.5 * scale.pow(2).reciprocal()];
    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) =>
        -0.25 * natural_params[0].pow(2) / natural_params[1] + 0.5 * torch.log(-Math.PI / natural_params[1]);
}
