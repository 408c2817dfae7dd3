using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The log-odds of a relaxed Bernoulli variable.</summary>
[Factory("torch.distributions.relaxed_bernoulli")]
public class LogitRelaxedBernoulli : Distribution
{
    private Odds _odds;

    /// <param name="temperature">How soft the variable is.</param>
    /// <param name="probs">The probability of 1; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public LogitRelaxedBernoulli(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        this.temperature = temperature;
        _odds = Odds.Of(probs, logits);
        Initialize(_odds.Given.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>How soft the variable is.</summary>
    public Tensor temperature { get; }

    /// <summary>The probability of 1.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of 1.</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    protected override IEnumerable<Argument> Arguments => _odds.Arguments(constraints.unit_interval, constraints.real);

    /// <inheritdoc/>
    public override LogitRelaxedBernoulli expand(Size batch_shape)
    {
        LogitRelaxedBernoulli copy = Copy<LogitRelaxedBernoulli>(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real;

    public override Tensor rsample(Size sample_shape = default)
    {
        Size shape = _extended_shape(sample_shape);
        Tensor p = Parameters.ClampProbs(probs.expand(shape));
        Tensor u = Parameters.ClampProbs(Parameters.StandardUniform(shape, p, Source));
        return (u.log() - (-u).log1p() + p.log() - (-p).log1p()) / temperature;
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor l, Tensor v) = Parameters.Broadcast2(logits, value);
        Tensor difference = l - v * temperature;
        return temperature.log() + difference - 2 * difference.exp().log1p();
    }
}

/// <summary>A soft Bernoulli variable between 0 and 1, through which gradients flow.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.relaxed_bernoulli")]
public class RelaxedBernoulli : TransformedDistribution
{
    /// <param name="temperature">How soft the variable is.</param>
    /// <param name="probs">The probability of 1; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public RelaxedBernoulli(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null) =>
        Initialize(new LogitRelaxedBernoulli(temperature, probs, logits, generator: generator), [new SigmoidTransform()], validate_args);

    private LogitRelaxedBernoulli Base => (LogitRelaxedBernoulli)base_dist;

    /// <summary>How soft the variable is.</summary>
    public Tensor temperature => Base.temperature;

    /// <summary>The probability of 1.</summary>
    public Tensor probs => Base.probs;

    /// <summary>The log-odds of 1.</summary>
    public Tensor logits => Base.logits;

    protected override IEnumerable<Argument> Arguments => [new("probs", constraints.unit_interval, () => probs, false), new("logits", constraints.real, () => logits, false)];
    /// <inheritdoc/>
    public override RelaxedBernoulli expand(Size batch_shape) => (RelaxedBernoulli)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.unit_interval;
}
