using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The router of running folds.</summary>
internal static unsafe class Scan
{
    internal static TensorSpec Spec(Tensor input, long dim, ScalarType? dtype)
    {
        Check.Dim(dim, input.Rank);
        return TensorSpec.Like(input).As(dtype ?? (input.DType.IsDifferentiable ? input.DType : ScalarType.Int64));
    }

    internal static void Fold<TOp>(Tensor input, long dim, Tensor result) where TOp : struct, ICombine
    {
        if (result.Numel == 0) return;
        // Sums of complex64 are kept in double by their kernel; products are made of complex128.
        ScalarType work = typeof(TOp) == typeof(CombineAdd) && result.DType == ScalarType.ComplexFloat32 ? result.DType : Lines.Work(result.DType);
        Tensor target = result.DType == work && result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, work), source = target;
        // Another type is converted where the result will stand.
        if (input.DType != work && ReferenceEquals(target, result) && !ReferenceEquals(input.Storage, result.Storage)) Copying.Copy(input, target);
        else source = Lines.Dense(Elementwise.Cast(input, result.DType), work);
        var lines = new Lines(source.SizesRef, Check.Dim(dim, source.Rank));
        fixed (byte* s = &source.Reference, t = &target.Reference)
            switch (work.Code)
            {
                case TypeCode.Float32: ScanKernels.Wide<TOp>((float*)s, (float*)t, lines.Outer, lines.Extent, lines.Inner); break;
                case TypeCode.Float64: ScanKernels.Fold<TOp, double>((double*)s, (double*)t, lines.Outer, lines.Extent, lines.Inner); break;
                case TypeCode.Int64: ScanKernels.Fold<TOp, long>((long*)s, (long*)t, lines.Outer, lines.Extent, lines.Inner); break;
                case TypeCode.Complex64: ScanKernels.ComplexSums((float*)s, (float*)t, lines.Outer, lines.Extent, lines.Inner); break;
                case TypeCode.Complex128 when typeof(TOp) == typeof(CombineAdd): ScanKernels.ComplexSums((double*)s, (double*)t, lines.Outer, lines.Extent, lines.Inner); break;
                default: ScanKernels.Fold<TOp, Complex>((Complex*)s, (Complex*)t, lines.Outer, lines.Extent, lines.Inner); break;
            }
        GC.KeepAlive(source);
        Lines.Close(target, result);
    }

    /// <summary>Sums from each element to the end.</summary>
    internal static Tensor Reversed(Tensor grad, long dim) => Flip.Call(Cumsum.Call(Flip.Call(grad, dim), dim), dim);

    internal static void Extreme(Tensor input, long dim, Tensor values, Tensor indices, bool largest)
    {
        if (values.Numel == 0) return;
        ScalarType work = input.DType.is_floating_point ? Lines.Work(input.DType) : ScalarType.Int64;
        Tensor source = Lines.Dense(input, work), best = values.DType == work && values.IsContiguous ? values : Tensor.Allocate(input.SizesRef, work);
        Tensor places = indices.IsContiguous ? indices : Tensor.Allocate(input.SizesRef, ScalarType.Int64);
        var lines = new Lines(source.SizesRef, Check.Dim(dim, source.Rank));
        fixed (byte* s = &source.Reference, b = &best.Reference, p = &places.Reference)
            switch (work.Code)
            {
                case TypeCode.Float32: ScanKernels.Extreme((float*)s, (float*)b, (long*)p, lines.Outer, lines.Extent, lines.Inner, largest); break;
                case TypeCode.Float64: ScanKernels.Extreme((double*)s, (double*)b, (long*)p, lines.Outer, lines.Extent, lines.Inner, largest); break;
                default: ScanKernels.Extreme((long*)s, (long*)b, (long*)p, lines.Outer, lines.Extent, lines.Inner, largest); break;
            }
        GC.KeepAlive(source);
        Lines.Close(best, values);
        Lines.Close(places, indices);
    }
}

[TensorOp("cumsum", InPlaceByCopy = true)]
internal static partial class Cumsum
{
    /// <summary>The running sum along a dimension; integers sum in int64.</summary>
    static TensorSpec Infer(Tensor input, long dim, ScalarType? dtype = null) => Scan.Spec(input, dim, dtype);

    static void Compute(Tensor input, long dim, ScalarType? dtype, Tensor result) => Scan.Fold<CombineAdd>(input, dim, result);

    static Tensor GradInput(Tensor grad, long dim) => Scan.Reversed(grad, dim);
}

[TensorOp("cumprod", InPlaceByCopy = true)]
internal static partial class Cumprod
{
    /// <summary>The running product along a dimension; integers multiply in int64.</summary>
    static TensorSpec Infer(Tensor input, long dim, ScalarType? dtype = null) => Scan.Spec(input, dim, dtype);

    static void Compute(Tensor input, long dim, ScalarType? dtype, Tensor result) => Scan.Fold<CombineMultiply>(input, dim, result);

    // Without zeros: Σ_{k ≥ i} grad_k·result_k / input_i. A zero splits the line, so then each product is taken without the factor.
    static Tensor GradInput(Tensor grad, Tensor input, long dim, Tensor result)
    {
        if (input.Numel == 0 || input.Rank == 0 || input.Sizes[Check.Dim(dim, input.Rank)] == 1) return grad;
        Tensor x = input.to(result.DType), conjugate = x.conj();
        bool zeros = torch.any(x.eq(0)).item().ToBoolean();
        if (!zeros && !GradMode.Enabled) return Scan.Reversed(grad * result.conj(), dim) / conjugate;
        if (!zeros) return Scan.Reversed(grad * Call(conjugate, dim), dim) / conjugate;
        int d = Check.Dim(dim, input.Rank);
        var parts = new Tensor[input.Sizes[d]];
        Tensor one = torch.ones_like(Select.Call(conjugate, d, 0));
        for (int i = 0; i < parts.Length; i++)
        {
            Tensor before = i == 0 ? one : Select.Call(Call(Slice.Call(conjugate, d, 0, i), d), d, i - 1);
            Tensor rest = Call(Cat.Call(new[] { Unsqueeze.Call(before, d), Slice.Call(conjugate, d, i + 1) }, d), d);
            parts[i] = (rest * Slice.Call(grad, d, i)).sum(d);
        }
        return Stack.Call(parts, d);
    }
}

[TensorOp("cummax")]
internal static partial class Cummax
{
    /// <summary>The running maximum along a dimension and the last place where it stands.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim)
    {
        Check.Dim(dim, input.Rank);
        return (TensorSpec.Like(input), TensorSpec.Like(input).As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long dim, Tensor values, Tensor indices) => Scan.Extreme(input, dim, values, indices, largest: true);

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim: true);
}

[TensorOp("cummin")]
internal static partial class Cummin
{
    /// <summary>The running minimum along a dimension and the last place where it stands.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim)
    {
        Check.Dim(dim, input.Rank);
        return (TensorSpec.Like(input), TensorSpec.Like(input).As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long dim, Tensor values, Tensor indices) => Scan.Extreme(input, dim, values, indices, largest: false);

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim: true);
}

[TensorOp("logcumsumexp")]
internal static unsafe partial class Logcumsumexp
{
    /// <summary>The logarithm of the running sum of exponentials along a dimension.</summary>
    static TensorSpec Infer(Tensor input, long dim)
    {
        Check.Dim(dim, input.Rank);
        Check.That(input.DType.is_floating_point, $"\"logcumsumexp_out_cpu\" not implemented for '{input.DType.LegacyName}'");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType work = Lines.Work(input.DType);
        Tensor source = Lines.Dense(input, work), target = Tensor.Allocate(input.SizesRef, work);
        var lines = new Lines(source.SizesRef, Check.Dim(dim, source.Rank));
        fixed (byte* s = &source.Reference, t = &target.Reference)
        {
            if (work == ScalarType.Float64) ScanKernels.LogSumExp((double*)s, (double*)t, lines.Outer, lines.Extent, lines.Inner);
            else ScanKernels.LogSumExp((float*)s, (float*)t, lines.Outer, lines.Extent, lines.Inner);
        }
        GC.KeepAlive(source);
        result.CopyRaw(target);
    }

    // Σ_{k ≥ i} grad_k · exp(x_i − result_k), positive and negative gradients apart so that their logarithms exist.
    static Tensor GradInput(Tensor grad, Tensor input, long dim, Tensor result)
    {
        if (grad.Numel == 0 || grad.Rank == 0) return grad;
        Tensor lowest = Tensor.FromScalar(grad.DType == ScalarType.Float64 ? double.MinValue : float.MinValue, grad.DType);
        Tensor positive = torch.where(grad.gt(0), grad.abs().log(), lowest), negative = torch.where(grad.lt(0), grad.abs().log(), lowest);
        Tensor Reversed(Tensor logs) => Flip.Call(Call(Flip.Call(logs - result, dim), dim), dim);
        return (Reversed(positive) + input).exp() - (Reversed(negative) + input).exp();
    }
}
