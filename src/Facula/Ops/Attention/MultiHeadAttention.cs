namespace Facula.Ops;

[CompositeOp("multi_head_attention_forward", In = "torch.nn.functional", Method = false)]
internal static partial class MultiHeadAttention
{
    /// <summary>
    /// Attention of several heads with its projections: query (L, N, E), key and value (S, N, E), or without N.
    /// Answers the output (L, N, E) and, with <paramref name="need_weights"/>, the weights (N, L, S), or (N, heads, L, S) when they are not averaged.
    /// </summary>
    static (Tensor attn_output, Tensor? attn_output_weights) Compose(Tensor query, Tensor key, Tensor value, long embed_dim_to_check, long num_heads,
        Tensor? in_proj_weight, Tensor? in_proj_bias, Tensor? bias_k, Tensor? bias_v, bool add_zero_attn, double dropout_p, Tensor out_proj_weight, Tensor? out_proj_bias,
        bool training = true, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null, bool use_separate_proj_weight = false,
        Tensor? q_proj_weight = null, Tensor? k_proj_weight = null, Tensor? v_proj_weight = null, Tensor? static_k = null, Tensor? static_v = null,
        bool average_attn_weights = true, bool is_causal = false)
    {
        bool batched = AttentionShapes.Check(query, key, value, key_padding_mask, attn_mask, num_heads);
        if (!batched)
        {
            bool keyIsQuery = ReferenceEquals(key, query), valueIsKey = ReferenceEquals(value, key);
            query = query.unsqueeze(1);
            key = keyIsQuery ? query : key.unsqueeze(1);
            value = valueIsKey ? key : value.unsqueeze(1);
            key_padding_mask = key_padding_mask?.unsqueeze(0);
        }
        AttentionShapes.Require(!is_causal || attn_mask is not null, "Need attn_mask if specifying the is_causal hint.");
        AttentionShapes.CheckPaddingType(key_padding_mask);
        long length = query.Sizes[0], batch = query.Sizes[1], width = query.Sizes[2], head = width / num_heads;
        AttentionShapes.Require(width == embed_dim_to_check, $"was expecting embedding dimension of {embed_dim_to_check}, but got {width}");
        AttentionShapes.Require(head * num_heads == width, $"embed_dim {width} not divisible by num_heads {num_heads}");

        Tensor q, k, v;
        Tensor? packed = null;
        if (use_separate_proj_weight)
        {
            AttentionShapes.Require(key.Sizes[0] == value.Sizes[0] && key.Sizes[1] == value.Sizes[1],
                $"key's sequence and batch dims {new Size(key.Sizes[..2])} do not match value's {new Size(value.Sizes[..2])}");
            Tensor[]? bias = in_proj_bias?.chunk(3);
            q = Project(query, Given(q_proj_weight, "q_proj_weight"), bias?[0]);
            k = Project(key, Given(k_proj_weight, "k_proj_weight"), bias?[1]);
            v = Project(value, Given(v_proj_weight, "v_proj_weight"), bias?[2]);
        }
        else
        {
            AttentionShapes.Require(key.SizesRef == value.SizesRef, $"key shape {key.shape} does not match value shape {value.shape}");
            AttentionShapes.Require(in_proj_weight is not null, "use_separate_proj_weight is False but in_proj_weight is None");
            (q, k, v, packed) = Projected(query, key, value, in_proj_weight!, in_proj_bias);
        }

        if (attn_mask is not null) attn_mask = AttentionShapes.CheckMask(attn_mask, length, key.Sizes[0], batch * num_heads);
        if (bias_k is not null && bias_v is not null)
        {
            AttentionShapes.Require(static_k is null, "bias cannot be added to static key.");
            AttentionShapes.Require(static_v is null, "bias cannot be added to static value.");
            k = torch.cat([k, bias_k.repeat(1, batch, 1)]);
            v = torch.cat([v, bias_v.repeat(1, batch, 1)]);
            (attn_mask, key_padding_mask) = (OneMoreKey(attn_mask), OneMoreKey(key_padding_mask));
        }
        else AttentionShapes.Require(bias_k is null && bias_v is null, "bias_k and bias_v come together");

        bool isPlain = bias_k is null && !add_zero_attn && static_k is null && static_v is null;
        if (isPlain && !need_weights && !(training && dropout_p > 0) && k.Sizes[1] == batch
            && AttentionShapes.Merged(attn_mask, key_padding_mask, batch, num_heads, k.Sizes[0], q.DType) is var merged && AttentionKernel.Takes(q, k, v, merged))
        {
            if (merged is not null) merged = merged.Sizes[0] == 1 ? Unsqueeze.Call(merged, 0) : View.Call(merged, [batch, num_heads, merged.Sizes[1], merged.Sizes[2]]);
            return (Blockwise(q, k, v, packed, merged, num_heads, out_proj_weight, out_proj_bias, batched), null);
        }
        Tensor Heads(Tensor x) => x.contiguous().view(x.Sizes[0], batch * num_heads, head).transpose(0, 1);     // (N·heads, L, E/heads)
        q = Heads(q);
        k = static_k is null ? Heads(k) : AttentionShapes.Static(static_k, "static_k", batch * num_heads, head);
        v = static_v is null ? Heads(v) : AttentionShapes.Static(static_v, "static_v", batch * num_heads, head);
        if (add_zero_attn)
        {
            Tensor zero = torch.zeros(new Size(batch * num_heads, 1, head), dtype: k.DType, device: k.device);
            (k, v) = (torch.cat([k, zero], 1), torch.cat([v, zero], 1));
            (attn_mask, key_padding_mask) = (OneMoreKey(attn_mask), OneMoreKey(key_padding_mask));
        }
        Tensor? mask = AttentionShapes.Merged(attn_mask, key_padding_mask, batch, num_heads, k.Sizes[1], q.DType);

        // Division by the root before the product, as PyTorch does it.
        Tensor scaled = q / Math.Sqrt(head), transposed = k.transpose(-2, -1);
        Tensor weights = mask is null ? torch.bmm(scaled, transposed) : torch.baddbmm(mask, scaled, transposed);
        weights = torch.softmax(weights, -1);
        if (training && dropout_p > 0) weights = nn.functional.dropout(weights, dropout_p);
        Tensor output = torch.bmm(weights, v).transpose(0, 1).contiguous().view(length * batch, width);
        output = nn.functional.linear(output, out_proj_weight, out_proj_bias);
        output = output.view(length, batch, output.Sizes[1]);
        if (!batched) output = output.squeeze(1);
        if (!need_weights) return (output, null);
        weights = weights.view(batch, num_heads, length, k.Sizes[1]);
        if (average_attn_weights) weights = weights.mean(1);
        return (output, batched ? weights : weights.squeeze(0));
    }

    // Attention without the matrix of the weights. Projections of a batch-first caller lie batch first in memory, and so does the output then.
    private static Tensor Blockwise(Tensor q, Tensor k, Tensor v, Tensor? packed, Tensor? mask, long heads, Tensor weight, Tensor? bias, bool batched)
    {
        long length = q.Sizes[0], batch = q.Sizes[1], width = q.Sizes[2], head = width / heads;
        double scale = 1 / Math.Sqrt(head);
        bool turned = IsTurned(q);
        string order = turned ? "blhd" : "lbhd";
        Tensor Rows(Tensor x) => turned ? Transpose.Call(x, 0, 1) : x;
        Tensor Heads(Tensor x) => View.Call(x, [x.Sizes[0], x.Sizes[1], heads, head]);
        Tensor output;
        if (packed is not null)
        {
            packed = Rows(packed);
            output = SelfAttentionOp.Call(View.Call(packed, [packed.Sizes[0], packed.Sizes[1], 3, heads, head]), mask, false, false, scale, order).result;
        }
        else output = AttentionOp.Call(Heads(Rows(q)), Heads(Rows(k)), Heads(Rows(v)), mask, false, false, scale, order).result;
        output = nn.functional.linear(View.Call(output, [length * batch, width]), weight, bias);
        output = Rows(View.Call(output, [output.Sizes[0] / (turned ? length : batch), turned ? length : batch, output.Sizes[1]]));
        return batched ? output : output.squeeze(1);
    }

    // (L, N, E) as a view of (N, L, E).
    private static bool IsTurned(Tensor x) => !x.IsContiguous && x.Strides[1] > x.Strides[0];

    // The product over rows in the order in which they lie.
    private static Tensor Project(Tensor x, Tensor weight, Tensor? bias) =>
        IsTurned(x) ? Transpose.Call(nn.functional.linear(Transpose.Call(x, 0, 1), weight, bias), 0, 1) : nn.functional.linear(x, weight, bias);

    private static Tensor Given(Tensor? weight, string name)
    {
        AttentionShapes.Require(weight is not null, $"use_separate_proj_weight is True but {name} is None");
        return weight!;
    }

    private static Tensor? OneMoreKey(Tensor? mask) => mask is null ? null : nn.functional.pad(mask, [0, 1]);

    // Inputs that are one tensor are projected by one product, which is answered whole where it is one for all three.
    private static (Tensor, Tensor, Tensor, Tensor?) Projected(Tensor query, Tensor key, Tensor value, Tensor weight, Tensor? bias)
    {
        long width = query.Sizes[^1];
        if (ReferenceEquals(key, value))
        {
            if (ReferenceEquals(query, key))
            {
                Tensor whole = Project(query, weight, bias);
                Tensor[] all = whole.chunk(3, -1);
                return (all[0], all[1], all[2], whole);
            }
            Tensor[] weights = weight.split([width, 2 * width], 0);
            Tensor[]? biases = bias?.split([width, 2 * width], 0);
            Tensor[] pair = Project(key, weights[1], biases?[1]).chunk(2, -1);
            return (Project(query, weights[0], biases?[0]), pair[0], pair[1], null);
        }
        Tensor[] w = weight.chunk(3);
        Tensor[]? b = bias?.chunk(3);
        return (Project(query, w[0], b?[0]), Project(key, w[1], b?[1]), Project(value, w[2], b?[2]), null);
    }
}
