namespace Facula.Modules;

/// <summary>A stack of encoder layers, copies of one.</summary>
[Factory("torch.nn")]
public class TransformerEncoder : nn.Module<Tensor, Tensor?, Tensor?, Tensor>
{
    public TransformerEncoder(nn.Module<Tensor, Tensor?, Tensor?, Tensor> encoder_layer, long num_layers, nn.Module<Tensor, Tensor>? norm = null,
        bool enable_nested_tensor = true, bool mask_check = true)
    {
        layers = TransformerParts.Clones(encoder_layer, num_layers);
        this.num_layers = num_layers;
        this.norm = norm;
        this.enable_nested_tensor = enable_nested_tensor;
        this.mask_check = mask_check;
    }

    /// <summary>The layers in order.</summary>
    public ModuleList<nn.Module<Tensor, Tensor?, Tensor?, Tensor>> layers { get; }

    /// <summary>Number of layers.</summary>
    public long num_layers { get; }

    /// <summary>The normalisation at the end, or null.</summary>
    public nn.Module<Tensor, Tensor>? norm { get; set; }

    /// <summary>Kept for its name: padding is never left out of the computation.</summary>
    public bool enable_nested_tensor { get; }

    /// <summary>Kept for its name, as <see cref="enable_nested_tensor"/>.</summary>
    public bool mask_check { get; }

    /// <summary>Runs the hooks and the forward pass; <paramref name="is_causal"/> only says that the mask is one of the past.</summary>
    public Tensor call(Tensor src, Tensor? mask = null, Tensor? src_key_padding_mask = null, bool? is_causal = null)
    {
        TransformerParts.CheckHint(is_causal, mask);
        return Through(src, mask, src_key_padding_mask);
    }

    public override Tensor forward(Tensor src, Tensor? mask = null, Tensor? src_key_padding_mask = null)
    {
        Facula.Ops.AttentionShapes.CheckPaddingType(src_key_padding_mask);
        Tensor output = src;
        foreach (var layer in layers) output = layer.call(output, mask, src_key_padding_mask);
        return norm is null ? output : norm.call(output);
    }
}
