using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The gamma distribution of shape <c>concentration</c> and rate <c>rate</c>.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.gamma")]
public class Gamma : ExponentialFamily
{
    /// <param name="concentration">The shape, a number or a tensor.</param>
    /// <param name="rate">The rate, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Gamma(Tensor concentration, Tensor rate, bool? validate_args = null, Generator? generator = null) : this(concentration, rate) => Initialize(this.concentration.shape, validate_args: validate_args, generator: generator);

    // For a derived class, which checks its own parameters.
    private protected Gamma(Tensor concentration, Tensor rate) => (this.concentration, this.rate) = Parameters.Broadcast2(concentration, rate);

    /// <summary>The shape.</summary>
    public Tensor concentration { get; private set; }

    /// <summary>The rate.</summary>
    public Tensor rate { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("concentration", constraints.positive, () => concentration), new("rate", constraints.positive, () => rate)];

    /// <inheritdoc/>
    public override Gamma expand(Size batch_shape)
    {
        Gamma copy = Copy<Gamma>(batch_shape);
        (copy.concentration, copy.rate) = (concentration.expand(batch_shape), rate.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.nonnegative;
    public override Tensor mean => concentration / rate;
    public override Tensor mode => ((concentration - 1) / rate).clamp(min: 0);
    public override Tensor variance => concentration / rate.pow(2);

    public override Tensor rsample(Size sample_shape = default)
    {
        Size shape = _extended_shape(sample_shape);
        Tensor value = Ops.StandardGamma.Call(concentration.expand(shape), Source) / rate.expand(shape);
        value.detach().clamp_(min: torch.finfo(value.DType).tiny);   // not seen by the gradient
        return value;
    }

    public override Tensor log_prob(Tensor value)
    {
        value = value.to(rate.DType);
        Check(value);
        return torch.xlogy(concentration, rate) + torch.xlogy(concentration - 1, value) - rate * value - torch.lgamma(concentration);
    }

    public override Tensor entropy() => concentration - torch.log(rate) + torch.lgamma(concentration) + (1 - concentration) * torch.digamma(concentration);
    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [concentration - 1, -rate];

    protected internal override Tensor _log_normalizer(params Tensor[] natural_params)
    {
        Tensor shape = natural_params[0] + 1;
        return torch.lgamma(shape) + shape * torch.log(-natural_params[1].reciprocal());
    }
}
