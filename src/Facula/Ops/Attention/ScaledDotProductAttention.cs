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
        bool replaces = attn_mask?.DType == ScalarType.Bool;
        var options = new AttentionOptions(attn_mask, replaces, is_causal, scale ?? 1 / Math.Sqrt(query.Sizes[^1]));
        if (dropout_p == 0 && IsBlockwise(query, key, value, attn_mask))
        {
            Tensor? mask = attn_mask is null ? null : WithHeads(replaces ? AttentionShapes.Additive(attn_mask.logical_not(), query.DType) : attn_mask);
            Tensor result = AttentionOp.Call(WithHeads(query), WithHeads(key), WithHeads(value), mask, replaces, is_causal, options.Scale, "bhld").result;
            return query.Rank == 4 ? result : View.Call(result, query.SizesRef.With(query.Rank - 1, value.Sizes[^1]));
        }
        if (replaces) options = options with { Mask = AttentionShapes.Additive(attn_mask!.logical_not(), query.DType) };
        Tensor weights = SoftmaxOp.Call(Scores(query, key, options), -1);
        if (dropout_p > 0) weights = DropoutNoise.Apply(weights, dropout_p, training: true, inplace: false, channels: false, alpha: false);
        return MatMul.Call(weights, value);
    }

    /// <summary>query · keyᵀ · scale with the masks.</summary>
    internal static Tensor Scores(Tensor query, Tensor key, in AttentionOptions options)
    {
        // Half of the scale on either side keeps the product within range.
        double root = Math.Sqrt(Math.Abs(options.Scale));
        Tensor scores = MatMul.Call(query * (options.Scale < 0 ? -root : root), MatrixTranspose.Call(key * root));
        if (options.IsCausal) scores = scores.masked_fill(torch.ones(query.Sizes[^2], key.Sizes[^2], dtype: ScalarType.Bool).triu(1), double.NegativeInfinity);
        if (options.Mask is null) return scores;
        return options.MaskReplaces ? scores.masked_fill(options.Mask.isneginf(), double.NegativeInfinity) : scores + options.Mask;
    }

    // Plain batches of heads; whatever is broadcast or of wrong shape goes through the matrix of the scores, with its messages.
    private static bool IsBlockwise(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        int rank = query.Rank;
        if (rank > 4 || key.Rank != rank || value.Rank != rank || !AttentionKernel.Takes(query, key, value, mask)) return false;
        if (query.Sizes[^1] != key.Sizes[^1] || key.Sizes[^2] != value.Sizes[^2]) return false;
        for (int i = 0; i < rank - 2; i++)
            if (query.Sizes[i] != key.Sizes[i] || query.Sizes[i] != value.Sizes[i]) return false;
        if (mask is null) return true;
        if (mask.Rank > rank) return false;
        for (int i = 1; i <= mask.Rank; i++)
            if (mask.Sizes[^i] != 1 && mask.Sizes[^i] != (i == 1 ? key.Sizes[^2] : query.Sizes[^i])) return false;
        return true;
    }

    // (L, D) and (N, L, D) as (1, 1, L, D) and (N, 1, L, D).
    private static Tensor WithHeads(Tensor input)
    {
        while (input.Rank < 4) input = Unsqueeze.Call(input, input.Rank == 3 ? 1 : 0);
        return input;
    }
}
