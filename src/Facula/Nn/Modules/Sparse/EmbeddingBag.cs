namespace Facula.Modules;

/// <summary>Sums, means or maxima of bags of vectors looked up by index: input (B, N), or (N) with offsets (B); output (B, embedding_dim).</summary>
[Factory("torch.nn")]
public class EmbeddingBag : nn.Module<Tensor, Tensor?, Tensor?, Tensor>
{
    public EmbeddingBag(long num_embeddings, long embedding_dim, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, string mode = "mean",
        bool sparse = false, Tensor? _weight = null, bool include_last_offset = false, long? padding_idx = null, Device? device = null, ScalarType? dtype = null)
    {
        this.num_embeddings = num_embeddings;
        this.embedding_dim = embedding_dim;
        this.max_norm = max_norm;
        this.norm_type = norm_type;
        this.scale_grad_by_freq = scale_grad_by_freq;
        this.mode = mode;
        this.sparse = sparse;
        this.include_last_offset = include_last_offset;
        if (padding_idx is { } index)
        {
            if (index >= Math.Max(1, num_embeddings) || index < -num_embeddings) throw new AssertionException("padding_idx must be within num_embeddings");
            this.padding_idx = index < 0 ? index + num_embeddings : index;
        }
        if (_weight is null)
        {
            weight = new Parameter(torch.empty(new Size(num_embeddings, embedding_dim), dtype: dtype, device: device));
            reset_parameters();
        }
        else
        {
            if (_weight.shape != new Size(num_embeddings, embedding_dim)) throw new AssertionException("Shape of weight does not match num_embeddings and embedding_dim");
            weight = new Parameter(_weight);
        }
    }

    /// <summary>A layer over given vectors (num_embeddings, embedding_dim), frozen unless said otherwise.</summary>
    public static EmbeddingBag from_pretrained(Tensor embeddings, bool freeze = true, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false,
        string mode = "mean", bool sparse = false, bool include_last_offset = false, long? padding_idx = null)
    {
        if (embeddings.ndim != 2) throw new AssertionException("Embeddings parameter is expected to be 2-dimensional");
        var layer = new EmbeddingBag(embeddings.shape[0], embeddings.shape[1], max_norm, norm_type, scale_grad_by_freq, mode, sparse, embeddings, include_last_offset, padding_idx);
        layer.weight.requires_grad_(!freeze);
        return layer;
    }

    public long num_embeddings { get; }
    public long embedding_dim { get; }
    public double? max_norm { get; }
    public double norm_type { get; }
    public bool scale_grad_by_freq { get; }

    /// <summary><c>sum</c>, <c>mean</c> or <c>max</c>.</summary>
    public string mode { get; }
    public bool sparse { get; }
    public bool include_last_offset { get; }
    public long? padding_idx { get; }

    /// <summary>The table (num_embeddings, embedding_dim).</summary>
    public Parameter weight { get; set; }

    /// <summary>Normal numbers; zeros for the padding index.</summary>
    public void reset_parameters()
    {
        nn.init.normal_(weight);
        if (padding_idx is not { } index) return;
        using GradModeScope _ = torch.no_grad();
        weight.select(0, index).fill_(0);
    }

    public override Tensor forward(Tensor input, Tensor? offsets, Tensor? per_sample_weights) =>
        nn.functional.embedding_bag(input, weight, offsets, max_norm, norm_type, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx);

    /// <summary>Bags of equal length (B, N), or those that start at the offsets.</summary>
    public new Tensor call(Tensor input, Tensor? offsets = null, Tensor? per_sample_weights = null) => base.call(input, offsets, per_sample_weights);

    public override string extra_repr()
    {
        string text = $"{num_embeddings}, {embedding_dim}";
        if (max_norm is { } norm) text += $", max_norm={PythonText.Float(norm)}";
        if (norm_type != 2) text += $", norm_type={PythonText.Float(norm_type)}";
        if (scale_grad_by_freq) text += ", scale_grad_by_freq=True";
        text += $", mode={mode}";
        if (padding_idx is { } index) text += $", padding_idx={index}";
        return text;
    }
}
