using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The distribution of a transform's outputs, or of several in a row, for inputs of another distribution.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.transformed_distribution")]
public class TransformedDistribution : Distribution
{
    private transforms.Transform[] _transforms = [];

    /// <param name="base_distribution">The distribution of the inputs.</param>
    /// <param name="transforms">The transforms in order.</param>
    /// <param name="validate_args">Whether to check values.</param>
    public TransformedDistribution(Distribution base_distribution, IReadOnlyList<transforms.Transform> transforms, bool? validate_args = null) =>
        Initialize(base_distribution, [.. transforms], validate_args);

    public TransformedDistribution(Distribution base_distribution, transforms.Transform transforms, bool? validate_args = null) =>
        Initialize(base_distribution, [transforms], validate_args);

    private protected TransformedDistribution() { }

    /// <summary>Sets base and transforms; a derived class has set its parameters by then.</summary>
    private protected void Initialize(Distribution base_distribution, transforms.Transform[] transforms, bool? validate_args)
    {
        _transforms = transforms;
        var whole = new ComposeTransform(transforms);
        int inputDims = whole.domain.event_dim, baseDims = base_distribution.event_shape.Length;
        Size baseShape = base_distribution.batch_shape.Concat(base_distribution.event_shape.AsSpan());
        if (baseShape.Length < inputDims)
            throw new ArgumentException($"base_distribution needs to have shape with size at least {inputDims}, but got {baseShape}.");
        Size shape = whole.forward_shape(baseShape);
        Size needed = whole.inverse_shape(shape);
        if (needed != baseShape) base_distribution = base_distribution.expand(needed[..^baseDims]);
        base_dist = inputDims > baseDims ? new Independent(base_distribution, inputDims - baseDims) : base_distribution;
        int cut = shape.Length - whole.codomain.event_dim - Math.Max(baseDims - inputDims, 0);
        Initialize(shape[..cut], shape[cut..], validate_args);
    }

    /// <summary>The distribution of the inputs.</summary>
    public Distribution base_dist { get; private protected set; } = null!;

    /// <summary>The transforms in order.</summary>
    public IReadOnlyList<distributions.transforms.Transform> transforms => _transforms;

    /// <inheritdoc/>
    public override TransformedDistribution expand(Size batch_shape)
    {
        TransformedDistribution copy = Copy<TransformedDistribution>(batch_shape);
        Size shape = batch_shape.Concat(event_shape.AsSpan());
        for (int i = _transforms.Length - 1; i >= 0; i--) shape = _transforms[i].inverse_shape(shape);
        copy.base_dist = base_dist.expand(shape[..^base_dist.event_shape.Length]);
        return copy;
    }

    public override bool has_rsample => base_dist.has_rsample;

    public override constraints.Constraint support
    {
        get
        {
            if (_transforms.Length == 0) return base_dist.support;
            constraints.Constraint last = _transforms[^1].codomain;
            return event_shape.Length > last.event_dim ? constraints.independent(last, event_shape.Length - last.event_dim) : last;
        }
    }

    public override Tensor sample(Size sample_shape = default)
    {
        using (torch.no_grad()) return Transformed(base_dist.sample(sample_shape));
    }

    public override Tensor rsample(Size sample_shape = default) => Transformed(base_dist.rsample(sample_shape));

    private Tensor Transformed(Tensor x)
    {
        foreach (distributions.transforms.Transform transform in _transforms) x = transform.call(x);
        return x;
    }

    /// <summary>The base's density at the inverted value, divided by the change of volume.</summary>
    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        int dims = event_shape.Length;
        Tensor y = value;
        Tensor? volume = null;
        for (int i = _transforms.Length - 1; i >= 0; i--)
        {
            distributions.transforms.Transform transform = _transforms[i];
            Tensor x = transform.inv.call(y);
            dims += transform.domain.event_dim - transform.codomain.event_dim;
            Tensor term = Parameters.SumRightmost(transform.log_abs_det_jacobian(x, y), dims - transform.domain.event_dim);
            volume = volume is null ? term : volume + term;
            y = x;
        }
        Tensor density = Parameters.SumRightmost(base_dist.log_prob(y), dims - base_dist.event_shape.Length);
        return volume is null ? density : density - volume;
    }

    /// <summary>A probability, or its complement where the transforms fall.</summary>
    private Tensor Rising(Tensor value)
    {
        Tensor sign = distributions.transforms.SignOf(_transforms);
        return sign.IsWrappedNumber && sign.item().ToInt64() == 1 ? value : sign * (value - 0.5) + 0.5;
    }

    public override Tensor cdf(Tensor value)
    {
        for (int i = _transforms.Length - 1; i >= 0; i--) value = _transforms[i].inv.call(value);
        if (Validates) base_dist._validate_sample(value);
        return Rising(base_dist.cdf(value));
    }

    public override Tensor icdf(Tensor value) => Transformed(base_dist.icdf(Rising(value)));
}
