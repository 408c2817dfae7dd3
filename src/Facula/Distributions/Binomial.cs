using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The number of successes in <c>total_count</c> trials.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.binomial")]
public class Binomial : Distribution
{
    private Odds _odds;

    /// <param name="total_count">The number of trials, a number or a tensor; 1 when it is not given.</param>
    /// <param name="probs">The probability of success; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Binomial(Tensor? total_count = null, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        Odds.RequireOne(probs, logits);
        (Tensor count, Tensor parameter) = Parameters.Broadcast2(total_count ?? 1, (probs ?? logits)!);
        this.total_count = count.to(parameter.DType);
        _odds = probs is null ? Odds.Of(null, parameter) : Odds.Of(parameter, null);
        Initialize(parameter.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The number of trials.</summary>
    public Tensor total_count { get; private set; }

    /// <summary>The probability of success.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    protected override IEnumerable<Argument> Arguments =>
        [new("total_count", constraints.nonnegative_integer, () => total_count), .. _odds.Arguments(constraints.unit_interval, constraints.real)];

    /// <inheritdoc/>
    public override Binomial expand(Size batch_shape)
    {
        Binomial copy = Copy<Binomial>(batch_shape);
        copy.total_count = total_count.expand(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override bool has_enumerate_support => true;
    public override constraints.Constraint support => constraints.integer_interval(0, total_count);
    public override Tensor mean => total_count * probs;
    public override Tensor mode => ((total_count + 1) * probs).floor().clamp(max: total_count);
    public override Tensor variance => total_count * probs * (1 - probs);

    public override Tensor sample(Size sample_shape = default)
    {
        Size shape = _extended_shape(sample_shape);
        using (torch.no_grad()) return torch.binomial(total_count.expand(shape), probs.expand(shape), Source);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        // ln(1 + exp(l)) without overflow, differentiable at 0 in the way of PyTorch's formula.
        Tensor positive = (logits.clamp(min: 0) + logits - logits.clamp(max: 0)) / 2;
        Tensor normalizer = total_count * positive + total_count * torch.log1p(torch.exp(-torch.abs(logits))) - torch.lgamma(total_count + 1);
        return value * logits - torch.lgamma(value + 1) - torch.lgamma(total_count - value + 1) - normalizer;
    }

    public override Tensor entropy()
    {
        RequireOneCount("entropy");
        Tensor logs = log_prob(enumerate_support(false));
        return -(torch.exp(logs) * logs).sum(0);
    }

    public override Tensor enumerate_support(bool expand = true) =>
        Parameters.Enumerated(1 + RequireOneCount("enumerate_support"), _odds.Given.DType, _odds.Given.device, batch_shape, expand);

    private long RequireOneCount(string method)
    {
        long most = (long)total_count.max();
        return total_count.min() == most ? most : throw new NotSupportedException($"Inhomogeneous total count not supported by `{method}`.");
    }
}
