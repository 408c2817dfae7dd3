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

    static Tensor GradX1(Tensor grad, Tensor x1, Tensor x2, Tensor result, double p) => Slope(grad, x1, x2, result, p).sum(2);

    static Tensor GradX2(Tensor grad, Tensor x1, Tensor x2, Tensor result, double p) => -Slope(grad, x1, x2, result, p).sum(1);

    // Each pair's share, batch × rows1 × rows2 × width.
    private static Tensor Slope(Tensor grad, Tensor x1, Tensor x2, Tensor result, double p)
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
        long rows = input.Sizes[0], pairs = rows * (rows - 1) / 2, at = 0;
        Tensor upper = Tensor.Allocate([pairs], ScalarType.Int64);
        for (long i = 0; i < rows; i++)
            for (long j = i + 1; j < rows; j++) upper.SetElement(at++, i * rows + j);
        Tensor batch = Unsqueeze.Call(input, 0);
        return View.Call(CdistOp.Call(batch, batch, p), [rows * rows]).index_select(0, upper);
    }
}
