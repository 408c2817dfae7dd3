using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The exponential distribution of rate <c>rate</c>.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.exponential")]
public class Exponential : ExponentialFamily
{
    /// <param name="rate">The rate, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Exponential(Tensor rate, bool? validate_args = null, Generator? generator = null)
    {
        this.rate = Parameters.Broadcast(rate)[0];
        Initialize(this.rate.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The rate.</summary>
    public Tensor rate { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("rate", constraints.positive, () => rate)];

    /// <inheritdoc/>
    public override Exponential expand(Size batch_shape)
    {
        Exponential copy = Copy<Exponential>(batch_shape);
        copy.rate = rate.expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.nonnegative;
    public override Tensor mean => rate.reciprocal();
    public override Tensor mode => torch.zeros_like(rate);
    public override Tensor stddev => rate.reciprocal();
    public override Tensor variance => rate.pow(-2);
    public override Tensor rsample(Size sample_shape = default) => Tensor.Allocate(_extended_shape(sample_shape), rate.DType, rate.device).exponential_(generator: Source) / rate;

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return rate.log() - rate * value;
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return 1 - torch.exp(-rate * value);
    }

    public override Tensor icdf(Tensor value) => -torch.log(1 - value) / rate;
    public override Tensor entropy() => 1 - torch.log(rate);
    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [-rate];
    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) => -torch.log(-natural_params[0]);
}
