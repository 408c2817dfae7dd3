using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("nansum")]
[NumpyNames]
internal static partial class Nansum
{
    /// <summary>Returns the sum of the elements that are not NaN, over all dimensions or those in <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Check.That(!input.DType.is_complex, $"nansum does not support complex inputs");
        return new(Reduce.Shape(input, Reduce.Mask(input, dim, "nansum"), keepdim), dtype ?? (input.DType.IsDifferentiable ? input.DType : ScalarType.Int64), input.device);
    }

    static void Compute(Tensor input, Dims dim, bool keepdim, ScalarType? dtype, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "nansum");
        ScalarType type = Elementwise.Arithmetic(result.DType);
        if (type == ScalarType.Float32) Reduce.Fold<NanSumFold<float>, float, float, float>(default, input, mask, result, type, type);
        else if (type == ScalarType.Float64) Reduce.Fold<NanSumFold<double>, double, double, double>(default, input, mask, result, type, type);
        else Reduce.Fold<SumFold<long>, long, long, long>(default, input, mask, result, ScalarType.Int64, ScalarType.Int64);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Dims dim, bool keepdim) =>
        Reduce.Unreduce(grad.to(input.DType), input.SizesRef, dim, keepdim) * input.isnan().logical_not();
}

[CompositeOp("nanmean", Out = true)]
[NumpyNames]
internal static partial class Nanmean
{
    /// <summary>Returns the mean of the elements that are not NaN, over all dimensions or those in <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Check.That(input.DType.IsDifferentiable, $"nanmean(): expected input to have floating point or complex dtype but got {input.DType.LegacyName}");
        Tensor count = Sum.Call(input.detach().isnan().logical_not(), dim, keepdim);
        return Nansum.Call(input, dim, keepdim, dtype).div(count);
    }
}
