using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>Self-attention, attention to the encoder's memory and a feed-forward network: (T, N, E) and memory (S, N, E) to (T, N, E).</summary>
[Factory("torch.nn")]
public class TransformerDecoderLayer : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>
{
    private readonly Func<Tensor, Tensor> _activate;

    public TransformerDecoderLayer(long d_model, long nhead, long dim_feedforward = 2048, double dropout = 0.1, string activation = "relu", double layer_norm_eps = 1e-5,
        bool batch_first = false, bool norm_first = false, Device? device = null, ScalarType? dtype = null)
        : this(TransformerParts.Activation(activation), null, d_model, nhead, dim_feedforward, dropout, layer_norm_eps, batch_first, norm_first, device, dtype) { }

    /// <summary>With a function as activation.</summary>
    [OverloadResolutionPriority(-1)]
    public TransformerDecoderLayer(long d_model, long nhead, long dim_feedforward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, double layer_norm_eps = 1e-5,
        bool batch_first = false, bool norm_first = false, Device? device = null, ScalarType? dtype = null)
        : this(activation ?? TransformerParts.Activation("relu"), null, d_model, nhead, dim_feedforward, dropout, layer_norm_eps, batch_first, norm_first, device, dtype) { }

    /// <summary>With a module as activation.</summary>
    [OverloadResolutionPriority(-1)]
    public TransformerDecoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Module<Tensor, Tensor> activation, double layer_norm_eps = 1e-5,
        bool batch_first = false, bool norm_first = false, Device? device = null, ScalarType? dtype = null)
        : this(activation.call, activation, d_model, nhead, dim_feedforward, dropout, layer_norm_eps, batch_first, norm_first, device, dtype) { }

    /// <summary>In TorchSharp's spelling.</summary>
    [OverloadResolutionPriority(-2)]
    public TransformerDecoderLayer(long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1, nn.Activations activation = nn.Activations.ReLU)
        : this(d_model, nhead, dim_feedforward, dropout, TransformerParts.Name(activation)) { }

    private TransformerDecoderLayer(Func<Tensor, Tensor> activate, nn.Module<Tensor, Tensor>? activation, long d_model, long nhead, long dim_feedforward, double dropout, double eps,
        bool batch_first, bool norm_first, Device? device, ScalarType? dtype)
    {
        self_attn = new(d_model, nhead, dropout: dropout, batch_first: batch_first, device: device, dtype: dtype);
        multihead_attn = new(d_model, nhead, dropout: dropout, batch_first: batch_first, device: device, dtype: dtype);
        linear1 = new(d_model, dim_feedforward, device: device, dtype: dtype);
        this.dropout = new(dropout);
        linear2 = new(dim_feedforward, d_model, device: device, dtype: dtype);
        this.norm_first = norm_first;
        norm1 = new(d_model, eps: eps, device: device, dtype: dtype);
        norm2 = new(d_model, eps: eps, device: device, dtype: dtype);
        norm3 = new(d_model, eps: eps, device: device, dtype: dtype);
        (dropout1, dropout2, dropout3) = (new(dropout), new(dropout), new(dropout));
        this.activation = activation;
        _activate = activate;
    }

    /// <summary>Attention of the sequence to itself.</summary>
    public MultiheadAttention self_attn { get; set; }
    /// <summary>Attention to the encoder's memory.</summary>
    public MultiheadAttention multihead_attn { get; set; }
    /// <summary>The first layer of the feed-forward network.</summary>
    public Linear linear1 { get; set; }
    /// <summary>Dropout within the feed-forward network.</summary>
    public Dropout dropout { get; set; }
    /// <summary>The second layer of the feed-forward network.</summary>
    public Linear linear2 { get; set; }
    /// <summary>Normalisation of the first part.</summary>
    public LayerNorm norm1 { get; set; }
    /// <summary>Normalisation of the second part.</summary>
    public LayerNorm norm2 { get; set; }
    /// <summary>Normalisation of the third part.</summary>
    public LayerNorm norm3 { get; set; }
    /// <summary>Dropout after the first part.</summary>
    public Dropout dropout1 { get; set; }
    /// <summary>Dropout after the second part.</summary>
    public Dropout dropout2 { get; set; }
    /// <summary>Dropout after the third part.</summary>
    public Dropout dropout3 { get; set; }

    /// <summary>The activation where it is a module, or null.</summary>
    public nn.Module<Tensor, Tensor>? activation { get; }

    /// <summary>Whether normalisation comes before each part rather than after it.</summary>
    public bool norm_first { get; set; }

    /// <summary>Runs the hooks and the forward pass; the hints only say that a mask is one of the past.</summary>
    public Tensor call(Tensor tgt, Tensor memory, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null,
        Tensor? memory_key_padding_mask = null, bool tgt_is_causal = false, bool memory_is_causal = false)
    {
        TransformerParts.CheckHint(tgt_is_causal, tgt_mask);
        TransformerParts.CheckHint(memory_is_causal, memory_mask);
        return Through(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
    }

    public override Tensor forward(Tensor tgt, Tensor memory, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null)
    {
        Tensor x = tgt;
        if (norm_first)
        {
            x = x + Attend(norm1.call(x), tgt_mask, tgt_key_padding_mask);
            x = x + Recall(norm2.call(x), memory, memory_mask, memory_key_padding_mask);
            return x + Feed(norm3.call(x));
        }
        x = norm1.call(x + Attend(x, tgt_mask, tgt_key_padding_mask));
        x = norm2.call(x + Recall(x, memory, memory_mask, memory_key_padding_mask));
        return norm3.call(x + Feed(x));
    }

    private Tensor Attend(Tensor x, Tensor? mask, Tensor? padding) =>
        dropout1.call(self_attn.call(x, x, x, key_padding_mask: padding, need_weights: false, attn_mask: mask).attn_output);

    private Tensor Recall(Tensor x, Tensor memory, Tensor? mask, Tensor? padding) =>
        dropout2.call(multihead_attn.call(x, memory, memory, key_padding_mask: padding, need_weights: false, attn_mask: mask).attn_output);

    private Tensor Feed(Tensor x) => dropout3.call(linear2.call(dropout.call(TransformerParts.Activated(linear1, _activate, x))));
}
