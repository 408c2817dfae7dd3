using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A class of 0 … K − 1 by the probabilities <c>probs</c> (*, K), which are normalised, or the logits.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.categorical")]
public class Categorical : Distribution
{
    private Odds _odds;
    private readonly long _events;

    /// <param name="probs">The probabilities of the classes (*, K), up to a factor; or</param>
    /// <param name="logits">their logarithms (*, K), up to a constant.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Categorical(Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        Odds.RequireOne(probs, logits);
        string name = probs is null ? "logits" : "probs";
        if ((probs ?? logits)!.Rank < 1) throw new ArgumentException($"`{name}` parameter must be at least one-dimensional.");
        _odds = Odds.Of(probs is null ? null : probs / probs.sum(-1, keepdim: true), logits is null ? null : logits - logits.logsumexp(-1, keepdim: true), binary: false);
        _events = _odds.Given.shape[^1];
        Initialize(_odds.Given.shape[..^1], validate_args: validate_args, generator: generator);
    }

    /// <summary>The probabilities of the classes (*, K).</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>Their logarithms (*, K).</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    internal Tensor Given => _odds.Given;

    internal long Events => _events;

    protected override IEnumerable<Argument> Arguments => _odds.Arguments(constraints.simplex, constraints.real_vector);

    /// <inheritdoc/>
    public override Categorical expand(Size batch_shape)
    {
        Categorical copy = Copy<Categorical>(batch_shape);
        copy._odds = _odds.Expand(batch_shape.Concat([_events]));
        return copy;
    }

    public override bool has_enumerate_support => true;
    public override constraints.Constraint support => constraints.integer_interval(0, _events - 1);
    public override Tensor mean => Parameters.Full(_extended_shape(), double.NaN, probs);
    public override Tensor mode => probs.argmax(-1);
    public override Tensor variance => Parameters.Full(_extended_shape(), double.NaN, probs);

    public override Tensor sample(Size sample_shape = default)
    {
        Tensor rows = probs.detach().reshape(-1, _events);
        return torch.multinomial(rows, sample_shape.numel(), replacement: true, generator: Source).T.reshape(_extended_shape(sample_shape));
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor[] both = torch.broadcast_tensors([value.@long().unsqueeze(-1), logits]);
        return both[1].gather(-1, both[0][Ellipsis, ..1]).squeeze(-1);
    }

    public override Tensor entropy() => -(logits.clamp(min: torch.finfo(logits.DType).min) * probs).sum(-1);

    public override Tensor enumerate_support(bool expand = true) => Parameters.Enumerated(_events, ScalarType.Int64, Given.device, batch_shape, expand);
}
