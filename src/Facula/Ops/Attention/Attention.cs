namespace Facula.Ops;

[TensorOp("_attention", Public = false, Out = false, Node = "ScaledDotProductFlashAttentionForCpuBackward0")]
internal static partial class AttentionOp
{
    /// <summary>
    /// softmax(query · keyᵀ · scale + mask) · value without the matrix of the scores; <paramref name="order"/> names the dimensions (b, h, l, d) of the three and of the result,
    /// the mask has four in the order (b, h, l, s) or ones in their place.
    /// </summary>
    static (TensorSpec result, TensorSpec statistics) Infer(Tensor query, Tensor key, Tensor value, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order) =>
        (TensorSpec.Like(query).WithSizes(query.SizesRef.With(3, value.Sizes[3])),
            TensorSpec.Like(query).WithSizes([query.Sizes[order.IndexOf('b')], query.Sizes[order.IndexOf('h')], query.Sizes[order.IndexOf('l')], 2]));

    static void Compute(Tensor query, Tensor key, Tensor value, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order, Tensor result, Tensor statistics) =>
        AttentionKernel.Forward(query, key, value, new(mask, mask_replaces, is_causal, scale), order, result, statistics);

    static (Tensor? query, Tensor? key, Tensor? value) Grad(Tensor grad, Tensor query, Tensor key, Tensor value, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order,
        Tensor result, Tensor statistics)
    {
        var options = new AttentionOptions(mask, mask_replaces, is_causal, scale);
        if (GradMode.Enabled) return AttentionDerivative.Of(grad, query, key, value, options, order);
        Tensor toQuery = TensorSpec.Like(query).Allocate(), toKey = TensorSpec.Like(key).Allocate(), toValue = TensorSpec.Like(value).Allocate();
        AttentionKernel.Backward(grad, query, key, value, options, order, result, statistics, toQuery, toKey, toValue);
        return (toQuery, toKey, toValue);
    }
}

[TensorOp("_self_attention", Public = false, Out = false, Node = "ScaledDotProductFlashAttentionForCpuBackward0")]
internal static partial class SelfAttentionOp
{
    /// <summary>
    /// Attention with queries, keys and values in one memory, as one projection makes them: (b, l, 3, h, d), or (l, b, 3, h, d) where <paramref name="order"/> says "lbhd".
    /// Their gradient is one memory, too.
    /// </summary>
    static (TensorSpec result, TensorSpec statistics) Infer(Tensor input, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order) =>
        (TensorSpec.Like(input).WithSizes(input.SizesRef.Without(2)),
            TensorSpec.Like(input).WithSizes([input.Sizes[order.IndexOf('b')], input.Sizes[3], input.Sizes[order.IndexOf('l')], 2]));

    static void Compute(Tensor input, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order, Tensor result, Tensor statistics) =>
        AttentionKernel.Forward(Part(input, 0), Part(input, 1), Part(input, 2), new(mask, mask_replaces, is_causal, scale), order, result, statistics);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor? mask, bool mask_replaces, bool is_causal, double scale, string order, Tensor result, Tensor statistics)
    {
        var options = new AttentionOptions(mask, mask_replaces, is_causal, scale);
        if (GradMode.Enabled)
        {
            (Tensor query, Tensor key, Tensor value) = AttentionDerivative.Of(grad, Select.Call(input, 2, 0), Select.Call(input, 2, 1), Select.Call(input, 2, 2), options, order);
            return torch.stack([query, key, value], 2);
        }
        Tensor whole = TensorSpec.Like(input).Allocate();
        AttentionKernel.Backward(grad, Part(input, 0), Part(input, 1), Part(input, 2), options, order, result, statistics, Part(whole, 0), Part(whole, 1), Part(whole, 2));
        return whole;
    }

    private static Tensor Part(Tensor input, long index) =>
        input.Alias(input.SizesRef.Without(2), input.StridesRef.Without(2), input.Offset + index * input.Strides[2]);
}
