using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Counts of the classes in <c>total_count</c> draws.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.multinomial")]
public class Multinomial : Distribution
{
    private Categorical _categorical;
    private readonly Binomial _binomial;

    /// <param name="total_count">The number of draws.</param>
    /// <param name="probs">The probabilities of the classes (*, K), up to a factor; or</param>
    /// <param name="logits">their logarithms (*, K), up to a constant.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Multinomial(long total_count = 1, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        this.total_count = total_count;
        _categorical = new Categorical(probs, logits, generator: generator);
        _binomial = new Binomial(total_count, this.probs);
        Initialize(_categorical.batch_shape, _categorical.param_shape[^1..], validate_args, generator);
    }

    /// <summary>The number of draws.</summary>
    public long total_count { get; }

    /// <summary>The probabilities of the classes (*, K).</summary>
    public Tensor probs => _categorical.probs;

    /// <summary>Their logarithms (*, K).</summary>
    public Tensor logits => _categorical.logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _categorical.param_shape;

    protected override IEnumerable<Argument> Arguments =>
        [new("probs", constraints.simplex, () => probs, false), new("logits", constraints.real_vector, () => logits, false)];

    /// <inheritdoc/>
    public override Multinomial expand(Size batch_shape)
    {
        Multinomial copy = Copy<Multinomial>(batch_shape);
        copy._categorical = _categorical.expand(batch_shape);
        return copy;
    }

    public override constraints.Constraint support => constraints.multinomial(total_count);
    public override Tensor mean => probs * total_count;
    public override Tensor variance => total_count * probs * (1 - probs);

    public override Tensor sample(Size sample_shape = default)
    {
        Tensor draws = _categorical.sample(sample_shape.Insert(0, total_count)).movedim(0, -1);
        Tensor counts = torch.zeros(_extended_shape(sample_shape), dtype: ScalarType.Int64, device: draws.device);
        return counts.scatter_add_(-1, draws, torch.ones_like(draws)).to(probs.DType);
    }

    public override Tensor entropy()
    {
        Tensor n = torch.tensor(total_count);
        Tensor ofDraws = n * _categorical.entropy() - torch.lgamma(n + 1);
        Tensor counts = _binomial.enumerate_support(expand: false)[1..];
        Tensor weights = torch.exp(_binomial.log_prob(counts)) * torch.lgamma(counts + 1);
        return ofDraws + weights.sum([0, -1]);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor l, Tensor v) = Parameters.Broadcast2(logits, value);
        // 0·ln 0 counts as 0.
        Tensor powers = l.masked_fill((v == 0) & (l == double.NegativeInfinity), 0);
        return torch.lgamma(v.sum(-1) + 1) - torch.lgamma(v + 1).sum(-1) + (powers * v).sum(-1);
    }
}
