using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>A transform for each of consecutive parts of one dimension, as <c>torch.cat</c> joins them.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class CatTransform : transforms.Transform
{
    public CatTransform(IReadOnlyList<transforms.Transform> tseq, long dim = 0, IReadOnlyList<long>? lengths = null, int cache_size = 0) : base(cache_size)
    {
        transforms = cache_size == 0 ? [.. tseq] : [.. tseq.Select(t => t.with_cache(cache_size))];
        this.lengths = lengths is null ? [.. tseq.Select(_ => 1L)] : [.. lengths];
        if (this.lengths.Count != transforms.Count) throw new ArgumentException($"there are {transforms.Count} transforms and {this.lengths.Count} lengths");
        this.dim = dim;
    }

    /// <summary>The transforms of the parts.</summary>
    public IReadOnlyList<distributions.transforms.Transform> transforms { get; }

    /// <summary>The extents of the parts.</summary>
    public IReadOnlyList<long> lengths { get; }

    /// <summary>The dimension that is divided.</summary>
    public long dim { get; }

    /// <summary>The extent of the dimension.</summary>
    public long length => lengths.Sum();

    public override int event_dim => transforms.Max(t => t.event_dim);
    public override bool bijective => transforms.All(t => t.bijective);
    public override constraints.Constraint domain => constraints.cat([.. transforms.Select(t => t.domain)], dim, lengths);
    public override constraints.Constraint codomain => constraints.cat([.. transforms.Select(t => t.codomain)], dim, lengths);

    public override distributions.transforms.Transform with_cache(int cache_size = 1) =>
        this.cache_size == cache_size ? this : new CatTransform(transforms, dim, lengths, cache_size);

    protected override Tensor _call(Tensor x) => torch.cat([.. Parts(x).Select((part, i) => transforms[i].call(part))], dim);

    protected override Tensor _inverse(Tensor y) => torch.cat([.. Parts(y).Select((part, i) => transforms[i].inv.call(part))], dim);

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        Tensor[] from = Parts(x), to = Parts(y), terms = new Tensor[from.Length];
        for (int i = 0; i < terms.Length; i++)
            terms[i] = Parameters.SumRightmost(transforms[i].log_abs_det_jacobian(from[i], to[i]), event_dim - transforms[i].event_dim);
        long along = (dim >= 0 ? dim - x.Rank : dim) + event_dim;
        return along < 0 ? torch.cat(terms, along) : terms.Aggregate((a, b) => a + b);
    }

    private Tensor[] Parts(Tensor tensor)
    {
        if (dim < -tensor.Rank || dim >= tensor.Rank) throw new ArgumentException($"the dimension {dim} is none of a tensor of shape {tensor.shape}");
        if (tensor.size(dim) != length) throw new ArgumentException($"the parts take {length} elements of dimension {dim}, but the shape is {tensor.shape}");
        var parts = new Tensor[transforms.Count];
        long start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = tensor.narrow(dim, start, lengths[i]);
            start += lengths[i];
        }
        return parts;
    }
}

/// <summary>A transform for each slice of one dimension, as <c>torch.stack</c> joins them.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class StackTransform : transforms.Transform
{
    public StackTransform(IReadOnlyList<transforms.Transform> tseq, long dim = 0, int cache_size = 0) : base(cache_size)
    {
        transforms = cache_size == 0 ? [.. tseq] : [.. tseq.Select(t => t.with_cache(cache_size))];
        this.dim = dim;
    }

    /// <summary>The transforms of the slices.</summary>
    public IReadOnlyList<distributions.transforms.Transform> transforms { get; }

    /// <summary>The dimension of the slices.</summary>
    public long dim { get; }

    public override bool bijective => transforms.All(t => t.bijective);
    public override constraints.Constraint domain => constraints.stack([.. transforms.Select(t => t.domain)], dim);
    public override constraints.Constraint codomain => constraints.stack([.. transforms.Select(t => t.codomain)], dim);

    public override distributions.transforms.Transform with_cache(int cache_size = 1) =>
        this.cache_size == cache_size ? this : new StackTransform(transforms, dim, cache_size);

    protected override Tensor _call(Tensor x) => torch.stack([.. Slices(x).Select((slice, i) => transforms[i].call(slice))], dim);

    protected override Tensor _inverse(Tensor y) => torch.stack([.. Slices(y).Select((slice, i) => transforms[i].inv.call(slice))], dim);

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        Tensor[] from = Slices(x), to = Slices(y);
        return torch.stack([.. from.Select((slice, i) => transforms[i].log_abs_det_jacobian(slice, to[i]))], dim);
    }

    private Tensor[] Slices(Tensor tensor)
    {
        if (dim < -tensor.Rank || dim >= tensor.Rank) throw new ArgumentException($"the dimension {dim} is none of a tensor of shape {tensor.shape}");
        if (tensor.size(dim) != transforms.Count) throw new ArgumentException($"there are {transforms.Count} transforms for dimension {dim}, but the shape is {tensor.shape}");
        return [.. Enumerable.Range(0, transforms.Count).Select(i => tensor.select(dim, i))];
    }
}

/// <summary>The distribution function of a distribution as a transform to [0, 1].</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class CumulativeDistributionTransform(Distribution distribution, int cache_size = 0) : transforms.Transform(cache_size)
{
    /// <summary>The distribution.</summary>
    public Distribution distribution { get; } = distribution;

    public override constraints.Constraint domain => distribution.support;
    public override constraints.Constraint codomain => constraints.unit_interval;
    public override bool bijective => true;
    public override Tensor sign => 1;
    protected override Tensor _call(Tensor x) => distribution.cdf(x);
    protected override Tensor _inverse(Tensor y) => distribution.icdf(y);
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => distribution.log_prob(x);
}
