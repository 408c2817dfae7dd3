namespace Facula.Ops;

[CompositeOp("diff", Out = true)]
internal static partial class Diff
{
    /// <summary>The differences of neighbours along a dimension, <paramref name="n"/> times over.</summary>
    static Tensor Compose(Tensor input, long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null)
    {
        Check.That(input.Rank > 0, $"diff expects input to be at least one-dimensional");
        Check.That(n >= 0, $"order must be non-negative but got {n}");
        int d = Check.Dim(dim, input.Rank);
        Tensor result = input;
        if (prepend is not null || append is not null)
        {
            var parts = new List<Tensor>();
            if (prepend is not null) parts.Add(prepend);
            parts.Add(input);
            if (append is not null) parts.Add(append);
            result = Cat.Call(parts, d);
        }
        if (n == 0) return Clone.Call(input);
        n = Math.Min(n, result.Sizes[d]);
        for (long i = 0; i < n; i++)
        {
            Tensor after = Slice.Call(result, d, 1), before = Slice.Call(result, d, 0, Math.Max(0, result.Sizes[d] - 1));
            result = result.DType == ScalarType.Bool ? torch.logical_xor(after, before) : after - before;
        }
        return result;
    }
}

[CompositeOp("trapezoid", Method = false)]
[Alias("torch.trapz", Method = false)]
internal static partial class Trapezoid
{
    /// <summary>The integral along a dimension by the trapezoid rule, at equal distances <paramref name="dx"/>.</summary>
    static Tensor Compose(Tensor y, Scalar? dx = null, long dim = -1)
    {
        if (y.Rank > 0 && y.Sizes[Check.Dim(dim, y.Rank)] == 0) return torch.zeros_like(Select.Call(ConstantPadNd.Call(Movedim.Call(y, dim, -1), [0, 1]), -1, 0));
        return (y.sum(dim) - (Select.Call(y, dim, 0) + Select.Call(y, dim, -1)) * 0.5) * (dx ?? 1).ToDouble();
    }

    /// <summary>The sums of neighbours.</summary>
    internal static Tensor Pairs(Tensor y, long dim) => Slice.Call(y, dim, 1) + Slice.Call(y, dim, 0, Math.Max(0, y.Sizes[Check.Dim(dim, y.Rank)] - 1));

    /// <summary>The widths between the points, in a shape that fits to y.</summary>
    internal static Tensor Widths(Tensor y, Tensor x, long dim)
    {
        int d = Check.Dim(dim, y.Rank);
        if (x.Rank == 1)
        {
            Check.That(x.Sizes[0] == y.Sizes[d], $"trapezoid: There must be one `x` value for each sample point");
            return View.Call(Diff.Call(x, 1, 0), Size.Repeat(1, y.Rank).With(d, Math.Max(0, x.Sizes[0] - 1)));
        }
        Tensor wide = x;
        while (wide.Rank < y.Rank) wide = Unsqueeze.Call(wide, 0);
        return Diff.Call(wide, 1, dim);
    }
}

[CompositeOp("trapezoid", Method = false)]
[Alias("torch.trapz", Method = false)]
internal static partial class TrapezoidPoints
{
    /// <summary>The integral along a dimension by the trapezoid rule, at the points <paramref name="x"/>.</summary>
    static Tensor Compose(Tensor y, Tensor x, long dim = -1) => (Trapezoid.Widths(y, x, dim) * Trapezoid.Pairs(y, dim)).sum(dim) * 0.5;
}

[CompositeOp("cumulative_trapezoid", Method = false)]
internal static partial class CumulativeTrapezoid
{
    /// <summary>The running integral along a dimension by the trapezoid rule, at equal distances <paramref name="dx"/>.</summary>
    static Tensor Compose(Tensor y, Scalar? dx = null, long dim = -1) => Cumsum.Call(Trapezoid.Pairs(y, dim) * ((dx ?? 1).ToDouble() / 2), dim);
}

[CompositeOp("cumulative_trapezoid", Method = false)]
internal static partial class CumulativeTrapezoidPoints
{
    /// <summary>The running integral along a dimension by the trapezoid rule, at the points <paramref name="x"/>.</summary>
    static Tensor Compose(Tensor y, Tensor x, long dim = -1) => Cumsum.Call(Trapezoid.Widths(y, x, dim) * Trapezoid.Pairs(y, dim), dim) * 0.5;
}

[CompositeOp("gradient", Method = false)]
internal static partial class Gradient
{
    /// <summary>The derivative along each of the dimensions by central differences; <paramref name="spacing"/> is one distance for all.</summary>
    static Tensor[] Compose(Tensor input, Scalar? spacing = null, Dims dim = default, long edge_order = 1)
    {
        int[] dims = Require(input, dim, edge_order);
        return Array.ConvertAll(dims, d => Even(input, d, (spacing ?? 1).ToDouble(), edge_order));
    }

    internal static int[] Require(Tensor input, Dims dim, long edge_order)
    {
        Check.That(edge_order is 1 or 2, $"torch.gradient only supports edge_order=1 and edge_order=2.");
        int[] dims;
        if (dim.IsNone) dims = [.. Enumerable.Range(0, input.Rank)];
        else
        {
            Reduce.Mask(input, dim, "gradient");
            dims = Array.ConvertAll(dim.ToArray(), d => Check.Dim(d, input.Rank));
        }
        foreach (int d in dims) Check.That(input.Sizes[d] >= edge_order + 1, $"torch.gradient expected each dimension size to be at least edge_order+1");
        return dims;
    }

    internal static Tensor Even(Tensor input, int d, double h, long edge_order)
    {
        long n = input.Sizes[d];
        Tensor At(long from, long to) => Slice.Call(input, d, from, to);
        Tensor inner = (At(2, n) - At(0, n - 2)) / (2 * h);
        Tensor left, right;
        if (edge_order == 1) (left, right) = ((At(1, 2) - At(0, 1)) / h, (At(n - 1, n) - At(n - 2, n - 1)) / h);
        else
        {
            left = (At(0, 1) * -1.5 + At(1, 2) * 2 - At(2, 3) * 0.5) / h;
            right = (At(n - 3, n - 2) * 0.5 - At(n - 2, n - 1) * 2 + At(n - 1, n) * 1.5) / h;
        }
        return Cat.Call(new[] { left, inner, right }, d);
    }

    // Second order at uneven points: the parabola through three neighbours.
    internal static Tensor Uneven(Tensor input, int d, Tensor points, long edge_order)
    {
        long n = input.Sizes[d];
        Check.That(points.Rank == 1 && points.Numel == n, $"torch.gradient expected each element of spacing to have a length equal to the corresponding dimension's size");
        Tensor Along(Tensor t) => View.Call(t, Size.Repeat(1, input.Rank).With(d, t.Numel));
        Tensor widths = Diff.Call(points);
        Tensor Width(long from, long to) => Along(Slice.Call(widths, 0, from, to));
        Tensor At(long from, long to) => Slice.Call(input, d, from, to);
        Tensor a = Width(0, n - 2), b = Width(1, n - 1);
        Tensor inner = At(0, n - 2) * (-b / (a * (a + b))) + At(1, n - 1) * ((b - a) / (a * b)) + At(2, n) * (a / (b * (a + b)));
        Tensor left, right;
        if (edge_order == 1) (left, right) = ((At(1, 2) - At(0, 1)) / Width(0, 1), (At(n - 1, n) - At(n - 2, n - 1)) / Width(n - 2, n - 1));
        else
        {
            Tensor p = Width(0, 1), q = Width(1, 2), r = Width(n - 3, n - 2), s = Width(n - 2, n - 1);
            left = At(0, 1) * (-(p * 2 + q) / (p * (p + q))) + At(1, 2) * ((p + q) / (p * q)) + At(2, 3) * (-p / (q * (p + q)));
            right = At(n - 3, n - 2) * (s / (r * (r + s))) + At(n - 2, n - 1) * (-(s + r) / (r * s)) + At(n - 1, n) * ((s * 2 + r) / (s * (r + s)));
        }
        return Cat.Call(new[] { left, inner, right }, d);
    }
}

[CompositeOp("gradient", Method = false)]
internal static partial class GradientDistances
{
    /// <summary>The derivative along each of the dimensions by central differences; <paramref name="spacing"/> holds the distance in each.</summary>
    static Tensor[] Compose(Tensor input, double[] spacing, Dims dim = default, long edge_order = 1)
    {
        int[] dims = Gradient.Require(input, dim, edge_order);
        Check.That(spacing.Length == dims.Length, $"torch.gradient expected spacing to be unspecified, a scalar or a list of length equal to 'self.dim() - 1', but got a list of length {spacing.Length}");
        return [.. dims.Select((d, i) => Gradient.Even(input, d, spacing[i], edge_order))];
    }
}

[CompositeOp("gradient", Method = false)]
internal static partial class GradientPoints
{
    /// <summary>The derivative along each of the dimensions by second-order differences at the given points.</summary>
    static Tensor[] Compose(Tensor input, TensorList spacing, Dims dim = default, long edge_order = 1)
    {
        int[] dims = Gradient.Require(input, dim, edge_order);
        Check.That(spacing.Count == dims.Length, $"torch.gradient expected spacing to be unspecified, a scalar or a list of length equal to 'self.dim() - 1', but got a list of length {spacing.Count}");
        return [.. dims.Select((d, i) => Gradient.Uneven(input, d, spacing[i], edge_order))];
    }
}
