using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A transform whose <paramref name="reinterpreted_batch_ndims"/> rightmost dimensions count as one value.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class IndependentTransform(transforms.Transform base_transform, int reinterpreted_batch_ndims, int cache_size = 0) : transforms.Transform(cache_size)
{
    /// <summary>The transform of the elements.</summary>
    public transforms.Transform base_transform { get; } = base_transform.with_cache(cache_size);

    /// <summary>How many dimensions were taken.</summary>
    public int reinterpreted_batch_ndims { get; } = reinterpreted_batch_ndims;

    public override constraints.Constraint domain => constraints.independent(base_transform.domain, reinterpreted_batch_ndims);
    public override constraints.Constraint codomain => constraints.independent(base_transform.codomain, reinterpreted_batch_ndims);
    public override bool bijective => base_transform.bijective;
    public override Tensor sign => base_transform.sign;

    public override transforms.Transform with_cache(int cache_size = 1) =>
        this.cache_size == cache_size ? this : new IndependentTransform(base_transform, reinterpreted_batch_ndims, cache_size);

    protected override Tensor _call(Tensor x) =>
        x.Rank < domain.event_dim ? throw new ArgumentException("Too few dimensions on input") : base_transform.call(x);

    protected override Tensor _inverse(Tensor y) =>
        y.Rank < codomain.event_dim ? throw new ArgumentException("Too few dimensions on input") : base_transform.inv.call(y);

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) =>
        Parameters.SumRightmost(base_transform.log_abs_det_jacobian(x, y), reinterpreted_batch_ndims);

    public override Size forward_shape(Size shape) => base_transform.forward_shape(shape);
    public override Size inverse_shape(Size shape) => base_transform.inverse_shape(shape);
    public override string ToString() => $"IndependentTransform({base_transform}, {reinterpreted_batch_ndims})";
}
