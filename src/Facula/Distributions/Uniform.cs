using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The uniform distribution from <c>low</c> to below <c>high</c>.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.uniform")]
public class Uniform : Distribution
{
    private static readonly constraints.Dependent s_bound = new(is_discrete: false, event_dim: 0);

    /// <param name="low">The lower end, a number or a tensor.</param>
    /// <param name="high">The upper end, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Uniform(Tensor low, Tensor high, bool? validate_args = null, Generator? generator = null)
    {
        (this.low, this.high) = Parameters.Broadcast2(low, high);
        Initialize(this.low.shape, validate_args: validate_args, generator: generator);
        if (Validates && !(this.low < this.high).all()) throw new ArgumentException("Uniform is not defined when low>= high");
    }

    /// <summary>The lower end.</summary>
    public Tensor low { get; private set; }

    /// <summary>The upper end.</summary>
    public Tensor high { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("low", s_bound, () => low), new("high", s_bound, () => high)];

    /// <inheritdoc/>
    public override Uniform expand(Size batch_shape)
    {
        Uniform copy = Copy<Uniform>(batch_shape);
        (copy.low, copy.high) = (low.expand(batch_shape), high.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.interval(low, high);
    public override Tensor mean => (high + low) / 2;
    public override Tensor mode => double.NaN * high;
    public override Tensor stddev => (high - low) / Math.Sqrt(12);
    public override Tensor variance => (high - low).pow(2) / 12;

    public override Tensor rsample(Size sample_shape = default) =>
        low + Parameters.StandardUniform(_extended_shape(sample_shape), low, Source) * (high - low);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor inside = low.le(value).to(low.DType) * high.gt(value).to(low.DType);
        return torch.log(inside) - torch.log(high - low);
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return ((value - low) / (high - low)).clamp(min: 0, max: 1);
    }

    public override Tensor icdf(Tensor value) => value * (high - low) + low;
    public override Tensor entropy() => torch.log(high - low);
}
