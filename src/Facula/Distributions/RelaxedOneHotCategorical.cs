using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The logarithm of a relaxed one-hot vector (*, K).</summary>
[Factory("torch.distributions.relaxed_categorical")]
public class ExpRelaxedCategorical : Distribution
{
    private Categorical _categorical;

    /// <param name="temperature">How soft the vectors are.</param>
    /// <param name="probs">The probabilities of the classes (*, K), up to a factor; or</param>
    /// <param name="logits">their logarithms (*, K), up to a constant.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public ExpRelaxedCategorical(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        this.temperature = temperature;
        _categorical = new Categorical(probs, logits);
        Initialize(_categorical.batch_shape, _categorical.param_shape[^1..], validate_args, generator);
    }

    /// <summary>How soft the vectors are.</summary>
    public Tensor temperature { get; }

    /// <summary>The probabilities of the classes (*, K).</summary>
    public Tensor probs => _categorical.probs;

    /// <summary>Their logarithms (*, K).</summary>
    public Tensor logits => _categorical.logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _categorical.param_shape;

    protected override IEnumerable<Argument> Arguments =>
        [new("probs", constraints.simplex, () => probs, false), new("logits", constraints.real_vector, () => logits, false)];

    /// <inheritdoc/>
    public override ExpRelaxedCategorical expand(Size batch_shape)
    {
        ExpRelaxedCategorical copy = Copy<ExpRelaxedCategorical>(batch_shape);
        copy._categorical = _categorical.expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real_vector;

    public override Tensor rsample(Size sample_shape = default)
    {
        Tensor u = Parameters.ClampProbs(Parameters.StandardUniform(_extended_shape(sample_shape), logits, Source));
        Tensor scores = (logits - (-u.log()).log()) / temperature;
        return scores - scores.logsumexp(-1, keepdim: true);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        long k = _categorical.Events;
        (Tensor l, Tensor v) = Parameters.Broadcast2(logits, value);
        Tensor constant = torch.full_like(temperature, (double)k).lgamma() - temperature.log() * -(k - 1);
        Tensor score = l - v * temperature;
        return (score - score.logsumexp(-1, keepdim: true)).sum(-1) + constant;
    }
}

/// <summary>A soft one-hot vector (*, K), through which gradients flow.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.relaxed_categorical")]
public class RelaxedOneHotCategorical : TransformedDistribution
{
    /// <param name="temperature">How soft the vectors are.</param>
    /// <param name="probs">The probabilities of the classes (*, K), up to a factor; or</param>
    /// <param name="logits">their logarithms (*, K), up to a constant.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public RelaxedOneHotCategorical(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null) =>
        Initialize(new ExpRelaxedCategorical(temperature, probs, logits, validate_args, generator), [new ExpTransform()], validate_args);

    private ExpRelaxedCategorical Base => (ExpRelaxedCategorical)base_dist;

    /// <summary>How soft the vectors are.</summary>
    public Tensor temperature => Base.temperature;

    /// <summary>The probabilities of the classes (*, K).</summary>
    public Tensor probs => Base.probs;

    /// <summary>Their logarithms (*, K).</summary>
    public Tensor logits => Base.logits;

    protected override IEnumerable<Argument> Arguments =>
        [new("probs", constraints.simplex, () => probs, false), new("logits", constraints.real_vector, () => logits, false)];

    /// <inheritdoc/>
    public override RelaxedOneHotCategorical expand(Size batch_shape) => (RelaxedOneHotCategorical)base.expand(batch_shape);
    public override constraints.Constraint support => constraints.simplex;
}
