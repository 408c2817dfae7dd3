using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>Encoder and decoder: source (S, N, E) and target (T, N, E) to (T, N, E).</summary>
[Factory("torch.nn")]
public class Transformer : nn.Module<Tensor, Tensor, Tensor>
{
    public Transformer(long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048, double dropout = 0.1,
        string activation = "relu", nn.Module<Tensor, Tensor?, Tensor?, Tensor>? custom_encoder = null,
        nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>? custom_decoder = null, double layer_norm_eps = 1e-5, bool batch_first = false, bool norm_first = false,
        Device? device = null, ScalarType? dtype = null)
        : this(TransformerParts.Activation(activation), d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, custom_encoder, custom_decoder,
            layer_norm_eps, batch_first, norm_first, device, dtype) { }

    /// <summary>With a function as activation.</summary>
    [OverloadResolutionPriority(-1)]
    public Transformer(long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048, double dropout = 0.1,
        Func<Tensor, Tensor>? activation = null, nn.Module<Tensor, Tensor?, Tensor?, Tensor>? custom_encoder = null,
        nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>? custom_decoder = null, double layer_norm_eps = 1e-5, bool batch_first = false, bool norm_first = false,
        Device? device = null, ScalarType? dtype = null)
        : this(activation ?? TransformerParts.Activation("relu"), d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, custom_encoder, custom_decoder,
            layer_norm_eps, batch_first, norm_first, device, dtype) { }

    /// <summary>In TorchSharp's spelling.</summary>
    [OverloadResolutionPriority(-2)]
    public Transformer(long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048, double dropout = 0.1,
        nn.Activations activation = nn.Activations.ReLU)
        : this(d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, TransformerParts.Name(activation)) { }

    private Transformer(Func<Tensor, Tensor> activation, long d_model, long nhead, long num_encoder_layers, long num_decoder_layers, long dim_feedforward, double dropout,
        nn.Module<Tensor, Tensor?, Tensor?, Tensor>? custom_encoder, nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>? custom_decoder,
        double eps, bool batch_first, bool norm_first, Device? device, ScalarType? dtype)
    {
        encoder = custom_encoder ?? new TransformerEncoder(
            new TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation, eps, batch_first, norm_first, device, dtype), num_encoder_layers,
            new LayerNorm(d_model, eps: eps, device: device, dtype: dtype));
        decoder = custom_decoder ?? new TransformerDecoder(
            new TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation, eps, batch_first, norm_first, device, dtype), num_decoder_layers,
            new LayerNorm(d_model, eps: eps, device: device, dtype: dtype));
        _reset_parameters();
        this.d_model = d_model;
        this.nhead = nhead;
        this.batch_first = batch_first;
    }

    /// <summary>The encoder.</summary>
    public nn.Module<Tensor, Tensor?, Tensor?, Tensor> encoder { get; set; }
    /// <summary>The decoder.</summary>
    public nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor> decoder { get; set; }
    /// <summary>Width of the sequences.</summary>
    public long d_model { get; }
    /// <summary>Number of heads.</summary>
    public long nhead { get; }
    /// <summary>Whether the batch is the first dimension.</summary>
    public bool batch_first { get; }

    /// <summary>Glorot's uniform numbers for all parameters of two dimensions or more.</summary>
    public void _reset_parameters()
    {
        foreach (Parameter parameter in parameters())
            if (parameter.ndim > 1) nn.init.xavier_uniform_(parameter);
    }

    /// <summary>A mask (sz, sz) that keeps each place from those behind it: −∞ above the diagonal, else 0.</summary>
    public static Tensor generate_square_subsequent_mask(long sz, Device? device = null, ScalarType? dtype = null) =>
        torch.triu(torch.full(new Size(sz, sz), double.NegativeInfinity, dtype: dtype, device: device), diagonal: 1);

    /// <summary>Runs the hooks and the forward pass; the hints only say that a mask is one of the past.</summary>
    public Tensor call(Tensor src, Tensor tgt, Tensor? src_mask = null, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? src_key_padding_mask = null,
        Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null, bool? src_is_causal = null, bool? tgt_is_causal = null, bool memory_is_causal = false)
    {
        TransformerParts.CheckHint(src_is_causal, src_mask);
        TransformerParts.CheckHint(tgt_is_causal, tgt_mask);
        TransformerParts.CheckHint(memory_is_causal, memory_mask);
        return Through(src, tgt, (s, t) => forward(s, t, src_mask, tgt_mask, memory_mask, src_key_padding_mask, tgt_key_padding_mask, memory_key_padding_mask));
    }

    public override Tensor forward(Tensor src, Tensor tgt) => forward(src, tgt, null);

    /// <summary>The decoder's answer to the target, given what the encoder made of the source.</summary>
    public Tensor forward(Tensor src, Tensor tgt, Tensor? src_mask = null, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? src_key_padding_mask = null,
        Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null)
    {
        int batch = batch_first ? 0 : 1;
        if (src.ndim == 3 && src.size(batch) != tgt.size(batch)) throw new TorchException("the batch number of src and tgt must be equal");
        if (src.size(-1) != d_model || tgt.size(-1) != d_model) throw new TorchException("the feature number of src and tgt must be equal to d_model");
        Tensor memory = encoder.call(src, src_mask, src_key_padding_mask);
        return decoder.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
    }
}
