namespace Facula.Modules;

/// <summary>Attention of several heads: answers the output and the weights with which each query looked at the keys.</summary>
[Factory("torch.nn")]
public class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, (Tensor attn_output, Tensor? attn_output_weights)>
{
    private readonly bool _sameWidth;

    public MultiheadAttention(long embed_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false,
        long? kdim = null, long? vdim = null, bool batch_first = false, Device? device = null, ScalarType? dtype = null)
    {
        this.embed_dim = embed_dim;
        this.num_heads = num_heads;
        this.dropout = dropout;
        this.batch_first = batch_first;
        this.add_zero_attn = add_zero_attn;
        this.kdim = kdim ?? embed_dim;
        this.vdim = vdim ?? embed_dim;
        head_dim = embed_dim / num_heads;
        if (head_dim * num_heads != embed_dim) throw new AssertionException("embed_dim must be divisible by num_heads");
        _sameWidth = this.kdim == embed_dim && this.vdim == embed_dim;
        Parameter Empty(params long[] size) => new(torch.empty(new Size(size), dtype: dtype, device: device));
        if (_sameWidth) in_proj_weight = Empty(3 * embed_dim, embed_dim);
        else
        {
            q_proj_weight = Empty(embed_dim, embed_dim);
            k_proj_weight = Empty(embed_dim, this.kdim);
            v_proj_weight = Empty(embed_dim, this.vdim);
        }
        if (bias) in_proj_bias = Empty(3 * embed_dim);
        out_proj = new NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias, device, dtype);
        if (add_bias_kv) (bias_k, bias_v) = (Empty(1, 1, embed_dim), Empty(1, 1, embed_dim));
        _reset_parameters();
    }

    public long embed_dim { get; }
    public long kdim { get; }
    public long vdim { get; }
    public long num_heads { get; }
    /// <summary>Features of one head.</summary>
    public long head_dim { get; }
    public double dropout { get; set; }
    public bool batch_first { get; }
    public bool add_zero_attn { get; }

    /// <summary>Projection of the queries (E, E) where keys or values have another width, else null.</summary>
    public Parameter? q_proj_weight { get => Live(field); set; }

    /// <summary>Projection of the keys (E, kdim), or null.</summary>
    public Parameter? k_proj_weight { get => Live(field); set; }

    /// <summary>Projection of the values (E, vdim), or null.</summary>
    public Parameter? v_proj_weight { get => Live(field); set; }

    /// <summary>The three projections in one (3·E, E), or null.</summary>
    public Parameter? in_proj_weight { get => Live(field); set; }

    /// <summary>Shift of the three projections (3·E), or null.</summary>
    public Parameter? in_proj_bias { get => Live(field); set; }

    /// <summary>A learned key (1, 1, E) that every query sees, or null.</summary>
    public Parameter? bias_k { get => Live(field); set; }

    /// <summary>The value (1, 1, E) of that key, or null.</summary>
    public Parameter? bias_v { get => Live(field); set; }

    /// <summary>The projection of the output.</summary>
    public Linear out_proj { get; set; }

    /// <summary>Glorot's uniform numbers for the projections, zeros for the shifts.</summary>
    public void _reset_parameters()
    {
        if (_sameWidth) nn.init.xavier_uniform_(in_proj_weight!);
        else
        {
            nn.init.xavier_uniform_(q_proj_weight!);
            nn.init.xavier_uniform_(k_proj_weight!);
            nn.init.xavier_uniform_(v_proj_weight!);
        }
        if (in_proj_bias is not null)
        {
            nn.init.constant_(in_proj_bias, 0.0);
            nn.init.constant_(out_proj.bias!, 0.0);
        }
        if (bias_k is not null) nn.init.xavier_normal_(bias_k);
        if (bias_v is not null) nn.init.xavier_normal_(bias_v);
    }

    /// <summary>Runs the hooks and the forward pass; see <see cref="forward(Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, bool, bool)"/>.</summary>
    public (Tensor attn_output, Tensor? attn_output_weights) call(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true,
        Tensor? attn_mask = null, bool average_attn_weights = true, bool is_causal = false) =>
        Through(query, key, value, key_padding_mask, need_weights, attn_mask, (q, k, v, p, n, m) => forward(q, k, v, p, n, m, average_attn_weights, is_causal));

    public override (Tensor attn_output, Tensor? attn_output_weights) forward(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask) =>
        forward(query, key, value, key_padding_mask, need_weights, attn_mask, true);

    /// <summary>
    /// Queries (L, N, E), keys and values (S, N, E), batch first where the module says so, or without N. Masks: <paramref name="key_padding_mask"/> (N, S) for keys that do not
    /// count, <paramref name="attn_mask"/> (L, S) or (N·heads, L, S); true, or what is added to the scores, keeps a query from a key.
    /// </summary>
    public (Tensor attn_output, Tensor? attn_output_weights) forward(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true,
        Tensor? attn_mask = null, bool average_attn_weights = true, bool is_causal = false)
    {
        bool turned = batch_first && query.ndim == 3;
        if (turned)
        {
            bool keyIsQuery = ReferenceEquals(key, query), valueIsKey = ReferenceEquals(value, key);
            query = query.transpose(1, 0);
            key = keyIsQuery ? query : key.transpose(1, 0);
            value = valueIsKey ? key : value.transpose(1, 0);
        }
        (Tensor output, Tensor? weights) = nn.functional.multi_head_attention_forward(query, key, value, embed_dim, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v,
            add_zero_attn, dropout, out_proj.weight, out_proj.bias, training, key_padding_mask, need_weights, attn_mask, !_sameWidth,
            q_proj_weight, k_proj_weight, v_proj_weight, average_attn_weights: average_attn_weights, is_causal: is_causal);
        return (turned ? output.transpose(1, 0) : output, weights);
    }
}

/// <summary>The linear layer of attention's output, under the name that PyTorch prints.</summary>
internal sealed class NonDynamicallyQuantizableLinear(long in_features, long out_features, bool bias, Device? device, ScalarType? dtype)
    : Linear(in_features, out_features, bias, device, dtype);
