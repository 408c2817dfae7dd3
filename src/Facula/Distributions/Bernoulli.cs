using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>1 with probability <c>probs</c>, else 0.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.bernoulli")]
public class Bernoulli : ExponentialFamily
{
    private Odds _odds;

    /// <param name="probs">The probability of 1; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Bernoulli(Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        _odds = Odds.Of(probs, logits);
        Initialize(_odds.Given.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The probability of 1.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of 1.</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    protected override IEnumerable<Argument> Arguments => _odds.Arguments(constraints.unit_interval, constraints.real);

    /// <inheritdoc/>
    public override Bernoulli expand(Size batch_shape)
    {
        Bernoulli copy = Copy<Bernoulli>(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override bool has_enumerate_support => true;
    public override constraints.Constraint support => constraints.boolean;
    public override Tensor mean => probs;
    public override Tensor mode => (probs >= 0.5).to(probs.DType).masked_fill(probs == 0.5, double.NaN);
    public override Tensor variance => probs * (1 - probs);

    public override Tensor sample(Size sample_shape = default)
    {
        using (torch.no_grad()) return torch.bernoulli(probs.expand(_extended_shape(sample_shape)), Source);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor l, Tensor v) = Parameters.Broadcast2(logits, value);
        return -nn.functional.binary_cross_entropy_with_logits(l, v, reduction: "none");
    }

    public override Tensor entropy() => nn.functional.binary_cross_entropy_with_logits(logits, probs, reduction: "none");

    public override Tensor enumerate_support(bool expand = true) => Parameters.Enumerated(2, _odds.Given.DType, _odds.Given.device, batch_shape, expand);

    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [torch.log(probs / (1 - probs))];
    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) => torch.log(1 + torch.exp(natural_params[0]));
}
