using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The number of failures before the first success.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.geometric")]
public class Geometric : Distribution
{
    private Odds _odds;

    /// <param name="probs">The probability of success, above 0; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Geometric(Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        _odds = Odds.Of(probs, logits);
        Initialize(_odds.Given.shape, validate_args: validate_args, generator: generator);
        if (!Validates || _odds.KnownProbs is not { } known) return;
        Tensor valid = known > 0;
        if (!valid.all())
            throw new ArgumentException($"Expected parameter probs ({Described(known)}) of distribution {this} to be positive but found invalid values:\n{known.detach()[~valid]}");
    }

    /// <summary>The probability of success.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of success.</summary>
    public Tensor logits => _odds.Logits;

    protected override IEnumerable<Argument> Arguments => _odds.Arguments(constraints.unit_interval, constraints.real);

    /// <inheritdoc/>
    public override Geometric expand(Size batch_shape)
    {
        Geometric copy = Copy<Geometric>(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override constraints.Constraint support => constraints.nonnegative_integer;
    public override Tensor mean => 1.0 / probs - 1.0;
    public override Tensor mode => torch.zeros_like(probs);
    public override Tensor variance => (1.0 / probs - 1.0) / probs;

    public override Tensor sample(Size sample_shape = default)
    {
        using GradModeScope scope = torch.no_grad();
        Tensor u = Tensor.Allocate(_extended_shape(sample_shape), probs.DType, probs.device).uniform_(torch.finfo(probs.DType).tiny, 1, Source);
        return (u.log() / (-probs).log1p()).floor();
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor v, Tensor p) = Parameters.Broadcast2(value, probs);
        // 0·ln(1 − 1) counts as 0.
        return v * (-p.masked_fill((p == 1) & (v == 0), 0)).log1p() + probs.log();
    }

    public override Tensor entropy() => nn.functional.binary_cross_entropy_with_logits(logits, probs, reduction: "none") / probs;
}
