using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Several transforms, one after the other.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class ComposeTransform : transforms.Transform
{
    private bool? _bijective;
    private Tensor? _sign;

    public ComposeTransform(IReadOnlyList<transforms.Transform> parts, int cache_size = 0) : base(cache_size) =>
        this.parts = cache_size == 0 ? [.. parts] : [.. parts.Select(p => p.with_cache(cache_size))];

    /// <summary>The transforms in order.</summary>
    public IReadOnlyList<transforms.Transform> parts { get; }

    public override constraints.Constraint domain
    {
        get
        {
            if (parts.Count == 0) return constraints.real;
            constraints.Constraint first = parts[0].domain;
            int dims = parts[^1].codomain.event_dim;
            foreach (transforms.Transform part in parts.Reverse()) dims = Math.Max(dims + part.domain.event_dim - part.codomain.event_dim, part.domain.event_dim);
            return dims > first.event_dim ? constraints.independent(first, dims - first.event_dim) : first;
        }
    }

    public override constraints.Constraint codomain
    {
        get
        {
            if (parts.Count == 0) return constraints.real;
            constraints.Constraint last = parts[^1].codomain;
            int dims = parts[0].domain.event_dim;
            foreach (transforms.Transform part in parts) dims = Math.Max(dims + part.codomain.event_dim - part.domain.event_dim, part.codomain.event_dim);
            return dims > last.event_dim ? constraints.independent(last, dims - last.event_dim) : last;
        }
    }

    public override bool bijective => _bijective ??= parts.All(p => p.bijective);
    public override Tensor sign => _sign ??= transforms.SignOf(parts);

    public override transforms.Transform inv
    {
        get
        {
            if (TryInverse(out transforms.Transform? known)) return known;
            var inverse = new ComposeTransform([.. parts.Reverse().Select(p => p.inv)]);
            AdoptInverse(inverse);
            inverse.AdoptInverse(this);
            return inverse;
        }
    }

    public override transforms.Transform with_cache(int cache_size = 1) => this.cache_size == cache_size ? this : new ComposeTransform(parts, cache_size);

    public override Tensor call(Tensor x) => _call(x);

    protected override Tensor _call(Tensor x)
    {
        foreach (transforms.Transform part in parts) x = part.call(x);
        return x;
    }

    protected override Tensor _inverse(Tensor y)
    {
        foreach (transforms.Transform part in parts.Reverse()) y = part.inv.call(y);
        return y;
    }

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        if (parts.Count == 0) return torch.zeros_like(x);
        int dims = domain.event_dim;
        Tensor? sum = null;
        for (int i = 0; i < parts.Count; i++)
        {
            transforms.Transform part = parts[i];
            Tensor image = i == parts.Count - 1 ? y : part.call(x);
            Tensor term = Parameters.SumRightmost(part.log_abs_det_jacobian(x, image), dims - part.domain.event_dim);
            sum = sum is null ? term : sum + term;
            dims += part.codomain.event_dim - part.domain.event_dim;
            x = image;
        }
        return sum!;
    }

    public override Size forward_shape(Size shape)
    {
        foreach (transforms.Transform part in parts) shape = part.forward_shape(shape);
        return shape;
    }

    public override Size inverse_shape(Size shape)
    {
        foreach (transforms.Transform part in parts.Reverse()) shape = part.inverse_shape(shape);
        return shape;
    }

    public override bool Equals(object? obj) => obj is ComposeTransform other && parts.SequenceEqual(other.parts);
    public override int GetHashCode() => parts.Count;
    public override string ToString() => "ComposeTransform(\n    " + string.Join(",\n    ", parts) + "\n)";
}
