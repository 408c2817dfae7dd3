using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A mixture of distributions of one kind: the rightmost batch dimension of the components counts them.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.mixture_same_family")]
public class MixtureSameFamily : Distribution
{
    private readonly long _components;
    private readonly int _eventDims;

    /// <param name="mixture_distribution">The weights of the components.</param>
    /// <param name="component_distribution">The components, batch shape (*, K).</param>
    /// <param name="validate_args">Whether to check values.</param>
    public MixtureSameFamily(Categorical mixture_distribution, Distribution component_distribution, bool? validate_args = null)
    {
        this.mixture_distribution = mixture_distribution;
        this.component_distribution = component_distribution;
        if (component_distribution.batch_shape.Length == 0)
            throw new ArgumentException("the component distribution needs a batch dimension, which counts the components");
        Size weights = mixture_distribution.batch_shape, batch = component_distribution.batch_shape[..^1];
        for (int i = 1; i <= Math.Min(weights.Length, batch.Length); i++)
            if (weights[^i] != 1 && batch[^i] != 1 && weights[^i] != batch[^i])
                throw new ArgumentException($"`mixture_distribution.batch_shape` ({weights}) is not compatible with `component_distribution.batch_shape`({batch})");
        _components = mixture_distribution.logits.shape[^1];
        if (_components != component_distribution.batch_shape[^1])
            throw new ArgumentException($"`mixture_distribution component` ({_components}) does not equal `component_distribution.batch_shape[-1]` ({component_distribution.batch_shape[^1]})");
        _eventDims = component_distribution.event_shape.Length;
        Initialize(batch, component_distribution.event_shape, validate_args);
    }

    /// <summary>The weights of the components.</summary>
    public Categorical mixture_distribution { get; private set; }

    /// <summary>The components.</summary>
    public Distribution component_distribution { get; private set; }

    /// <inheritdoc/>
    public override MixtureSameFamily expand(Size batch_shape)
    {
        MixtureSameFamily copy = Copy<MixtureSameFamily>(batch_shape);
        copy.component_distribution = component_distribution.expand(batch_shape.Concat([_components]));
        copy.mixture_distribution = mixture_distribution.expand(batch_shape);
        return copy;
    }

    public override constraints.Constraint support => component_distribution.support;

    private int Along => -1 - _eventDims;

    // Weights (*, K) beside components (*, K, event).
    private Tensor Weights
    {
        get
        {
            Tensor probs = mixture_distribution.probs;
            return probs.reshape(probs.shape.Concat(Size.Repeat(1, _eventDims).AsSpan()));
        }
    }

    public override Tensor mean => (Weights * component_distribution.mean).sum(Along);

    public override Tensor variance
    {
        get
        {
            Tensor within = (Weights * component_distribution.variance).sum(Along);
            Tensor between = (Weights * (component_distribution.mean - mean.unsqueeze(Along)).pow(2)).sum(Along);
            return within + between;
        }
    }

    public override Tensor cdf(Tensor value) => (component_distribution.cdf(value.unsqueeze(Along)) * mixture_distribution.probs).sum(-1);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor ofComponents = component_distribution.log_prob(value.unsqueeze(Along));
        return (ofComponents + torch.log_softmax(mixture_distribution.logits, -1)).logsumexp(-1);
    }

    public override Tensor sample(Size sample_shape = default)
    {
        using GradModeScope scope = torch.no_grad();
        int at = sample_shape.Length + batch_shape.Length;
        Tensor chosen = mixture_distribution.sample(sample_shape);
        Tensor drawn = component_distribution.sample(sample_shape);
        Tensor index = chosen.reshape(chosen.shape.Concat(Size.Repeat(1, _eventDims + 1).AsSpan()));
        return drawn.gather(at, index.expand(chosen.shape.Concat([1]).Concat(event_shape.AsSpan()))).squeeze(at);
    }

    public override string ToString() => $"MixtureSameFamily(\n  {mixture_distribution},\n  {component_distribution})";
}
