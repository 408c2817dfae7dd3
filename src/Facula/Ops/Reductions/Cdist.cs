namespace Facula.Ops;

[TensorOp("_cdist", Public = false, Out = false, Node = "CdistBackward0")]
internal static unsafe partial class CdistOp
{
    /// <summary>The p-norms of the differences of all pairs of rows: batch × rows1 × rows2.</summary>
    static TensorSpec Infer(Tensor x1, Tensor x2, double p) => new([x1.Sizes[0], x1.Sizes[1], x2.Sizes[1]], x1.DType, x1.device);

    static void Compute(Tensor x1, Tensor x2, double p, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(x1.DType);
        Tensor a = Dense.Of(x1, type), b = Dense.Of(x2, type), target = Dense.Target(result, type);
        long batch = x1.Sizes[0], m = x1.Sizes[1], n = x2.Sizes[1], width = x1.Sizes[2];
        fixed (byte* pa = &a.Reference, pb = &b.Reference, pt = &target.Reference)
        {
            if (type == ScalarType.Float32) Kernels.RowDistances.All((float*)pa, (float*)pb, (float*)pt, batch, m, n, width, p);
            else Kernels.RowDistances.All((double*)pa, (double*)pb, (double*)pt, batch, m, n, width, p);
        }
        Dense.Finish(target, result);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    static (Tensor? x1, Tensor? x2) Grad(Tensor grad, Tensor x1, Tensor x2, Tensor result, double p, NeedsGrad needs)
    {
        if (!GradMode.Enabled && p > 0 && x1.DType == x2.DType)
            return (needs[0] ? Sums(grad, x1, x2, result, p, false) : null, needs[1] ? Sums(grad, x2, x1, result, p, true) : null);
        Tensor slope = Slope(grad, x1, x2, result, p);
        return (needs[0] ? slope.sum(2) : null, needs[1] ? -slope.sum(1) : null);
    }

    /// <summary>The gradient of the rows of one side, in one pass over the pairs; <paramref name="turned"/> when they are the distances' columns.</summary>
    internal static Tensor Sums(Tensor grad, Tensor rows, Tensor others, Tensor result, double p, bool turned)
    {
        ScalarType type = Elementwise.Arithmetic(rows.DType);
        Tensor a = Dense.Of(rows, type), b = Dense.Of(others, type), d = Dense.Of(result, type), g = Dense.Of(grad, type), sums = Tensor.Allocate(rows.SizesRef, type, rows.device);
        long batch = rows.Sizes[0], m = rows.Sizes[1], n = others.Sizes[1], width = rows.Sizes[2];
        fixed (byte* pa = &a.Reference, pb = &b.Reference, pd = &d.Reference, pg = &g.Reference, ps = &sums.Reference)
        {
            if (type == ScalarType.Float32)
                Kernels.RowDistanceGradient.Run((float*)pa, (float*)pb, (float*)pd, (float*)pg, (float*)ps, batch, m, n, width, turned ? 1 : n, turned ? m : 1, p);
            else
                Kernels.RowDistanceGradient.Run((double*)pa, (double*)pb, (double*)pd, (double*)pg, (double*)ps, batch, m, n, width, turned ? 1 : n, turned ? m : 1, p);
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(d);
        GC.KeepAlive(g);
        return sums.to(rows.DType);
    }

    // Each pair's share, batch × rows1 × rows2 × width.
    internal static Tensor Slope(Tensor grad, Tensor x1, Tensor x2, Tensor result, double p)
    {
        Tensor difference = Unsqueeze.Call(x1, 2) - Unsqueeze.Call(x2, 1);
        return VectorNorm.Gradient(grad, difference, result, p, -1, false) ?? ZerosLike.Call(difference);
    }
}

[TensorOp("_euclidean_dist", Public = false, Out = false, Node = "EuclideanDistBackward0")]
internal static unsafe partial class EuclideanDist
{
    /// <summary>The Euclidean distances of all pairs of rows by one product: √(|x|² − 2·x·y + |y|²).</summary>
    static TensorSpec Infer(Tensor x1, Tensor x2) => new([x1.Sizes[0], x1.Sizes[1], x2.Sizes[1]], x1.DType, x1.device);

    static void Compute(Tensor x1, Tensor x2, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(x1.DType);
        Tensor a = Dense.Of(x1, type), b = Dense.Of(x2, type), target = Dense.Target(result, type);
        target.CopyRaw(Bmm.Call(a, MatrixTranspose.Call(b)));
        long batch = x1.Sizes[0], m = x1.Sizes[1], n = x2.Sizes[1], width = x1.Sizes[2];
        fixed (byte* pa = &a.Reference, pb = &b.Reference, pt = &target.Reference)
        {
            if (type == ScalarType.Float32) Kernels.RowDistances.FromProducts((float*)pa, (float*)pb, (float*)pt, batch, m, n, width);
            else Kernels.RowDistances.FromProducts((double*)pa, (double*)pb, (double*)pt, batch, m, n, width);
        }
        Dense.Finish(target, result);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    static (Tensor? x1, Tensor? x2) Grad(Tensor grad, Tensor x1, Tensor x2, Tensor result, NeedsGrad needs)
    {
        Tensor ratio = torch.where(result == 0, 0, grad / result);
        return (needs[0] ? x1 * ratio.sum(2, keepdim: true) - Bmm.Call(ratio, x2) : null,
            needs[1] ? x2 * ratio.sum(1).unsqueeze(2) - Bmm.Call(MatrixTranspose.Call(ratio), x1) : null);
    }
}

[CompositeOp("cdist", Method = false)]
internal static partial class Cdist
{
    /// <summary>The p-norms of the differences of all pairs of rows of two batches of vectors.</summary>
    static Tensor Compose(Tensor x1, Tensor x2, double p = 2.0, string compute_mode = "use_mm_for_euclid_dist_if_necessary")
    {
        Check.That(x1.Rank >= 2, $"cdist only supports at least 2D tensors, X1 got: {x1.Rank}D");
        Check.That(x2.Rank >= 2, $"cdist only supports at least 2D tensors, X2 got: {x2.Rank}D");
        Check.That(x1.Sizes[^1] == x2.Sizes[^1], $"X1 and X2 must have the same number of columns. X1: {x1.Sizes[^1]} X2: {x2.Sizes[^1]}");
        Check.That(x1.DType.is_floating_point, $"cdist only supports floating-point dtypes, X1 got: {x1.DType.LegacyName}");
        Check.That(x2.DType.is_floating_point, $"cdist only supports floating-point dtypes, X2 got: {x2.DType.LegacyName}");
        Check.That(p >= 0, $"cdist only supports non-negative p values");
        if (compute_mode is not ("use_mm_for_euclid_dist_if_necessary" or "use_mm_for_euclid_dist" or "donot_use_mm_for_euclid_dist"))
            throw new ArgumentException($"{compute_mode} is not a valid value for compute_mode");
        Size batch = Broadcasting.Shape(x1.shape[..^2], x2.shape[..^2]);
        long count = batch.numel(), m = x1.Sizes[^2], n = x2.Sizes[^2], width = x1.Sizes[^1];
        Tensor a = Reshape.Call(Expand.Call(x1, batch.Concat([m, width])), [count, m, width]), b = Reshape.Call(Expand.Call(x2, batch.Concat([n, width])), [count, n, width]);
        // As PyTorch chooses: one product where there are many rows, differences where there are few or accuracy is asked for.
        bool byProduct = p == 2 && width > 0 && (compute_mode == "use_mm_for_euclid_dist" || (compute_mode == "use_mm_for_euclid_dist_if_necessary" && (m > 25 || n > 25)));
        return View.Call(byProduct ? EuclideanDist.Call(a, b) : CdistOp.Call(a, b, p), batch.Concat([m, n]));
    }
}

[TensorOp("_pdist", Public = false, Out = false, Node = "PdistBackward0")]
internal static unsafe partial class PdistOp
{
    /// <summary>The p-norms of the differences of all pairs of different rows.</summary>
    static TensorSpec Infer(Tensor input, double p) => new([input.Sizes[0] * (input.Sizes[0] - 1) / 2], input.DType, input.device);

    static void Compute(Tensor input, double p, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor x = Dense.Of(input, type), target = Dense.Target(result, type);
        fixed (byte* px = &x.Reference, pt = &target.Reference)
        {
            if (type == ScalarType.Float32) Kernels.RowDistances.Pairs((float*)px, (float*)pt, x.Sizes[0], x.Sizes[1], p);
            else Kernels.RowDistances.Pairs((double*)px, (double*)pt, x.Sizes[0], x.Sizes[1], p);
        }
        Dense.Finish(target, result);
        GC.KeepAlive(x);
    }

    // As of the distances of all rows from all.
    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, double p)
    {
        long rows = input.Sizes[0];
        Tensor batch = Unsqueeze.Call(input, 0);
        if (!GradMode.Enabled && p > 0) return SqueezeDim.Call(CdistOp.Sums(Spread(grad, rows), batch, batch, Spread(result, rows), p, false), 0);
        // Only those above the diagonal have a gradient.
        Tensor upper = torch.triu_indices(rows, rows, 1), places = upper[0] * rows + upper[1];
        Tensor full = View.Call(torch.zeros([rows * rows], dtype: grad.DType).index_add(0, places, grad), [1, rows, rows]);
        Tensor distances = View.Call(torch.zeros([rows * rows], dtype: grad.DType).index_add(0, places, result), [1, rows, rows]);
        Tensor slope = CdistOp.Slope(full, batch, batch, distances + MatrixTranspose.Call(distances), p);
        return SqueezeDim.Call(slope.sum(2) - slope.sum(1), 0);
    }

    private static Tensor Spread(Tensor pairs, long rows)
    {
        ScalarType type = Elementwise.Arithmetic(pairs.DType);
        Tensor source = Dense.Of(pairs, type), full = Tensor.Allocate([1, rows, rows], type, pairs.device);
        fixed (byte* s = &source.Reference, f = &full.Reference)
        {
            if (type == ScalarType.Float32) Kernels.RowDistances.Spread((float*)s, rows, (float*)f);
            else Kernels.RowDistances.Spread((double*)s, rows, (double*)f);
        }
        GC.KeepAlive(source);
        return full;
    }
}

[CompositeOp("pdist", In = "torch.nn.functional", Method = false)]
[Alias("torch.pdist", Method = false)]
internal static partial class Pdist
{
    /// <summary>The p-norms of the differences of all pairs of different rows, in order of the first and then the second.</summary>
    static Tensor Compose(Tensor input, double p = 2.0)
    {
        Check.That(input.Rank == 2, $"pdist only supports 2D tensors, got: {input.Rank}D");
        Check.That(input.DType.is_floating_point, $"pdist only supports floating-point dtypes");
        Check.That(p >= 0, $"pdist only supports non-negative p values");
        return PdistOp.Call(input, p);
    }
}
