using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The number of successes before <c>total_count</c> failures.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.negative_binomial")]
public class NegativeBinomial : Distribution
{
    private static readonly constraints.Constraint s_probs = constraints.half_open_interval(0.0, 1.0), s_count = constraints.greater_than_eq(0);

    private Odds _odds;

    /// <param name="total_count">The number of failures, a number or a tensor; it need not be whole.</param>
    /// <param name="probs">The probability of success, below 1; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public NegativeBinomial(Tensor total_count, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        Odds.RequireOne(probs, logits);
        (Tensor count, Tensor parameter) = Parameters.Broadcast2(total_count, (probs ?? logits)!);
        this.total_count = count.to(parameter.DType);
        _odds = probs is null ? Odds.Of(null, parameter) : Odds.Of(parameter, null);
        Initialize(parameter.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The number of failures.</summary>
    public Tensor total_count { get; private set; }

    /// <summary>The probability of success.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    protected override IEnumerable<Argument> Arguments => [new("total_count", s_count, () => total_count), .. _odds.Arguments(s_probs, constraints.real)];

    /// <inheritdoc/>
    public override NegativeBinomial expand(Size batch_shape)
    {
        NegativeBinomial copy = Copy<NegativeBinomial>(batch_shape);
        copy.total_count = total_count.expand(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override constraints.Constraint support => constraints.nonnegative_integer;
    public override Tensor mean => total_count * torch.exp(logits);
    public override Tensor mode => ((total_count - 1) * logits.exp()).floor().clamp(min: 0.0);
    public override Tensor variance => mean / torch.sigmoid(-logits);

    /// <summary>A Poisson count of a rate that is itself a gamma variable.</summary>
    public override Tensor sample(Size sample_shape = default)
    {
        using GradModeScope scope = torch.no_grad();
        return torch.poisson(new Gamma(total_count, torch.exp(-logits), validate_args: false, Source).sample(sample_shape), Source);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor unnormalized = total_count * nn.functional.logsigmoid(-logits) + value * nn.functional.logsigmoid(logits);
        Tensor normalizer = -torch.lgamma(total_count + value) + torch.lgamma(1 + value) + torch.lgamma(total_count);
        return unnormalized - normalizer.masked_fill(total_count + value == 0, 0);
    }
}
