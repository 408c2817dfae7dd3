using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A class as a one-hot vector (*, K).</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.one_hot_categorical")]
public class OneHotCategorical : Distribution
{
    /// <param name="probs">The probabilities of the classes (*, K), up to a factor; or</param>
    /// <param name="logits">their logarithms (*, K), up to a constant.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public OneHotCategorical(Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null)
    {
        Base = new Categorical(probs, logits, generator: generator);
        Initialize(Base.batch_shape, Base.param_shape[^1..], validate_args, generator);
    }

    /// <summary>The same distribution over class numbers.</summary>
    internal Categorical Base { get; private set; }

    /// <summary>The probabilities of the classes (*, K).</summary>
    public Tensor probs => Base.probs;

    /// <summary>Their logarithms (*, K).</summary>
    public Tensor logits => Base.logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => Base.param_shape;

    protected override IEnumerable<Argument> Arguments =>
        [new("probs", constraints.simplex, () => probs, false), new("logits", constraints.real_vector, () => logits, false)];

    /// <inheritdoc/>
    public override OneHotCategorical expand(Size batch_shape)
    {
        OneHotCategorical copy = Copy<OneHotCategorical>(batch_shape);
        copy.Base = Base.expand(batch_shape);
        return copy;
    }

    public override bool has_enumerate_support => true;
    public override constraints.Constraint support => constraints.one_hot;
    public override Tensor mean => probs;
    public override Tensor mode => nn.functional.one_hot(probs.argmax(-1), Base.Events).to(probs.DType);
    public override Tensor variance => probs * (1 - probs);
    public override Tensor sample(Size sample_shape = default) => nn.functional.one_hot(Base.sample(sample_shape), Base.Events).to(probs.DType);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return Base.log_prob(value.max(-1).indices);
    }

    public override Tensor entropy() => Base.entropy();

    public override Tensor enumerate_support(bool expand = true)
    {
        long n = event_shape[0];
        Tensor values = torch.eye(n, dtype: Base.Given.DType, device: Base.Given.device).view(Size.Repeat(1, batch_shape.Length).Insert(0, n).Concat([n]));
        return expand ? values.expand(batch_shape.Insert(0, n).Concat([n])) : values;
    }
}

/// <summary>A one-hot vector whose gradient is that of the probabilities, by the straight-through estimator.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.one_hot_categorical")]
public class OneHotCategoricalStraightThrough(Tensor? probs = null, Tensor? logits = null, bool? validate_args = null, Generator? generator = null) : OneHotCategorical(probs, logits, validate_args, generator)
{
    public override bool has_rsample => true;
    /// <inheritdoc/>
    public override OneHotCategoricalStraightThrough expand(Size batch_shape) => (OneHotCategoricalStraightThrough)base.expand(batch_shape);
    public override Tensor rsample(Size sample_shape = default) => sample(sample_shape) + (probs - probs.detach());
}
