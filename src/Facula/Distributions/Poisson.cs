using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Poisson distribution of counts of rate <c>rate</c>.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.poisson")]
public class Poisson : ExponentialFamily
{
    /// <param name="rate">The mean count, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Poisson(Tensor rate, bool? validate_args = null, Generator? generator = null)
    {
        this.rate = Parameters.Broadcast(rate)[0];
        Initialize(this.rate.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The mean count.</summary>
    public Tensor rate { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("rate", constraints.nonnegative, () => rate)];

    /// <inheritdoc/>
    public override Poisson expand(Size batch_shape)
    {
        Poisson copy = Copy<Poisson>(batch_shape);
        copy.rate = rate.expand(batch_shape);
        return copy;
    }

    public override constraints.Constraint support => constraints.nonnegative_integer;
    public override Tensor mean => rate;
    public override Tensor mode => rate.floor();
    public override Tensor variance => rate;

    public override Tensor sample(Size sample_shape = default)
    {
        using (torch.no_grad()) return torch.poisson(rate.expand(_extended_shape(sample_shape)), Source);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor r, Tensor v) = Parameters.Broadcast2(rate, value);
        return torch.xlogy(v, r) - r - (v + 1).lgamma();
    }

    protected internal override Tensor[] _natural_params => [torch.log(rate)];
    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) => torch.exp(natural_params[0]);
}
