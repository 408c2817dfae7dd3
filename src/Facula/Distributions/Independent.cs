using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A distribution some of whose batch dimensions count as dimensions of one value.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.independent")]
public class Independent : Distribution
{
    /// <param name="base_distribution">The distribution of the elements.</param>
    /// <param name="reinterpreted_batch_ndims">How many of its batch dimensions, from the right, become event dimensions.</param>
    /// <param name="validate_args">Whether to check values.</param>
    public Independent(Distribution base_distribution, int reinterpreted_batch_ndims, bool? validate_args = null)
    {
        if (reinterpreted_batch_ndims > base_distribution.batch_shape.Length)
            throw new ArgumentException($"Expected reinterpreted_batch_ndims <= len(base_distribution.batch_shape), actual {reinterpreted_batch_ndims} vs {base_distribution.batch_shape.Length}");
        Size shape = base_distribution.batch_shape.Concat(base_distribution.event_shape.AsSpan());
        int cut = shape.Length - reinterpreted_batch_ndims - base_distribution.event_shape.Length;
        base_dist = base_distribution;
        this.reinterpreted_batch_ndims = reinterpreted_batch_ndims;
        Initialize(shape[..cut], shape[cut..], validate_args);
    }

    /// <summary>The distribution of the elements.</summary>
    public Distribution base_dist { get; private set; }

    /// <summary>How many batch dimensions were taken.</summary>
    public int reinterpreted_batch_ndims { get; }

    /// <inheritdoc/>
    public override Independent expand(Size batch_shape)
    {
        Independent copy = Copy<Independent>(batch_shape);
        copy.base_dist = base_dist.expand(batch_shape.Concat(event_shape[..reinterpreted_batch_ndims].AsSpan()));
        return copy;
    }

    public override bool has_rsample => base_dist.has_rsample;
    public override bool has_enumerate_support => reinterpreted_batch_ndims == 0 && base_dist.has_enumerate_support;

    public override constraints.Constraint support =>
        reinterpreted_batch_ndims == 0 ? base_dist.support : constraints.independent(base_dist.support, reinterpreted_batch_ndims);

    public override Tensor mean => base_dist.mean;
    public override Tensor mode => base_dist.mode;
    public override Tensor variance => base_dist.variance;
    public override Tensor sample(Size sample_shape = default) => base_dist.sample(sample_shape);
    public override Tensor rsample(Size sample_shape = default) => base_dist.rsample(sample_shape);
    public override Tensor log_prob(Tensor value) => Parameters.SumRightmost(base_dist.log_prob(value), reinterpreted_batch_ndims);
    public override Tensor entropy() => Parameters.SumRightmost(base_dist.entropy(), reinterpreted_batch_ndims);

    public override Tensor enumerate_support(bool expand = true) => reinterpreted_batch_ndims > 0
        ? throw new NotSupportedException("Enumeration over cartesian product is not implemented")
        : base_dist.enumerate_support(expand);

    public override string ToString() => $"{GetType().Name}({base_dist}, {reinterpreted_batch_ndims})";
}
