namespace Facula.Ops;

[CompositeOp("scaled_dot_product_attention", In = "torch.nn.functional", Method = false)]
internal static partial class ScaledDotProductAttention
{
    /// <summary>softmax(query · keyᵀ · scale + mask) · value; a bool mask says which keys count, <paramref name="is_causal"/> lets each query see the keys up to its own place.</summary>
    static Tensor Compose(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double dropout_p = 0.0, bool is_causal = false, double? scale = null)
    {
        Check.That(query.Rank >= 2 && key.Rank >= 2 && value.Rank >= 2,
            $"scaled_dot_product_attention: Expected query, key, and value to all be at least 2 dimensional, but got query.dim(): {query.Rank}, key.dim(): {key.Rank} and value.dim(): {value.Rank} instead.");
        Check.That(!is_causal || attn_mask is null, $"scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
        double factor = scale ?? 1 / Math.Sqrt(query.Sizes[^1]);
        // Half of the scale on either side keeps the product within range.
        double root = Math.Sqrt(Math.Abs(factor));
        Tensor scores = MatMul.Call(query * (factor < 0 ? -root : root), MatrixTranspose.Call(key * root));
        if (is_causal) scores = scores.masked_fill(Later(query.Sizes[^2], key.Sizes[^2]), double.NegativeInfinity);
        else if (attn_mask is not null)
            scores = attn_mask.DType == ScalarType.Bool ? scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity) : scores + attn_mask;
        Tensor weights = SoftmaxOp.Call(scores, -1);
        if (dropout_p > 0) weights = DropoutNoise.Apply(weights, dropout_p, training: true, inplace: false, channels: false, alpha: false);
        return MatMul.Call(weights, value);
    }

    private static Tensor Later(long queries, long keys)
    {
        Tensor later = Tensor.Allocate([queries, keys], ScalarType.Bool);
        for (long i = 0; i < queries; i++)
            for (long j = 0; j < keys; j++) later.SetElement(i * keys + j, j > i);
        return later;
    }
}
