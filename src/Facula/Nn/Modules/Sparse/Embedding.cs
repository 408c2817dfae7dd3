namespace Facula.Modules;

/// <summary>A table of vectors looked up by index: input (*), output (*, embedding_dim).</summary>
[Factory("torch.nn")]
public class Embedding : nn.Module<Tensor, Tensor>
{
    public Embedding(long num_embeddings, long embedding_dim, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
        bool scale_grad_by_freq = false, bool sparse = false, Tensor? _weight = null, Device? device = null, ScalarType? dtype = null)
    {
        this.num_embeddings = num_embeddings;
        this.embedding_dim = embedding_dim;
        if (padding_idx is { } index)
        {
            if (index > 0 && index >= num_embeddings) throw new AssertionException("Padding_idx must be within num_embeddings");
            if (index < 0 && index < -num_embeddings) throw new AssertionException("Padding_idx must be within num_embeddings");
            this.padding_idx = index < 0 ? index + num_embeddings : index;
        }
        this.max_norm = max_norm;
        this.norm_type = norm_type;
        this.scale_grad_by_freq = scale_grad_by_freq;
        this.sparse = sparse;
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
    public static Embedding from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
        bool scale_grad_by_freq = false, bool sparse = false)
    {
        if (embeddings.ndim != 2) throw new AssertionException("Embeddings parameter is expected to be 2-dimensional");
        var layer = new Embedding(embeddings.shape[0], embeddings.shape[1], padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, embeddings);
        layer.weight.requires_grad_(!freeze);
        return layer;
    }

    public long num_embeddings { get; }
    public long embedding_dim { get; }
    public long? padding_idx { get; }
    public double? max_norm { get; }
    public double norm_type { get; }
    public bool scale_grad_by_freq { get; }
    public bool sparse { get; }

    /// <summary>The table (num_embeddings, embedding_dim).</summary>
    public Parameter weight { get => Live(field); set; }

    /// <summary>Normal numbers; zeros for the padding index.</summary>
    public void reset_parameters()
    {
        nn.init.normal_(weight);
        if (padding_idx is not { } index) return;
        using GradModeScope _ = torch.no_grad();
        weight.select(0, index).fill_(0);
    }

    public override Tensor forward(Tensor input) =>
        nn.functional.embedding(input, weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

    public override string extra_repr()
    {
        string text = $"{num_embeddings}, {embedding_dim}";
        if (padding_idx is { } index) text += $", padding_idx={index}";
        if (max_norm is { } norm) text += $", max_norm={PythonText.Float(norm)}";
        if (norm_type != 2) text += $", norm_type={PythonText.Float(norm_type)}";
        if (scale_grad_by_freq) text += ", scale_grad_by_freq=True";
        if (sparse) text += ", sparse=True";
        return text;
    }
}
