namespace Facula.Modules;

/// <summary>A stack of decoder layers, copies of one.</summary>
[Factory("torch.nn")]
public class TransformerDecoder : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>
{
    public TransformerDecoder(nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor> decoder_layer, long num_layers, nn.Module<Tensor, Tensor>? norm = null)
    {
        layers = TransformerParts.Clones(decoder_layer, num_layers);
        this.num_layers = num_layers;
        this.norm = norm;
    }

    /// <summary>The layers in order.</summary>
    public ModuleList<nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>> layers { get; }

    /// <summary>Number of layers.</summary>
    public long num_layers { get; }

    /// <summary>The normalisation at the end, or null.</summary>
    public nn.Module<Tensor, Tensor>? norm { get; set; }

    /// <summary>Runs the hooks and the forward pass; the hints only say that a mask is one of the past.</summary>
    public Tensor call(Tensor tgt, Tensor memory, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null,
        Tensor? memory_key_padding_mask = null, bool? tgt_is_causal = null, bool memory_is_causal = false)
    {
        TransformerParts.CheckHint(tgt_is_causal, tgt_mask);
        TransformerParts.CheckHint(memory_is_causal, memory_mask);
        return Through(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
    }

    public override Tensor forward(Tensor tgt, Tensor memory, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null)
    {
        Tensor output = tgt;
        foreach (var layer in layers) output = layer.call(output, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
        return norm is null ? output : norm.call(output);
    }
}
