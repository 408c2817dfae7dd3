using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mean")]
[NumpyNames]
internal static partial class Mean
{
    /// <summary>Returns the mean of the elements, over all dimensions or those in <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        if (dtype is { } asked)
            Check.That(asked.IsDifferentiable, $"mean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. Got: {asked.LegacyName}");
        else
            Check.That(input.DType.IsDifferentiable, $"mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {input.DType.LegacyName}");
        return new(Reduce.Shape(input, Reduce.Mask(input, dim, "mean"), keepdim), dtype ?? input.DType, input.device);
    }

    static void CheckOut(Tensor input, ScalarType? dtype, Tensor @out) => Forms.RequireOutType(dtype ?? input.DType, @out);

    static void Compute(Tensor input, Dims dim, bool keepdim, ScalarType? dtype, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "mean");
        // Complex numbers are summed as they are, like PyTorch's.
        ScalarType type = result.DType == ScalarType.ComplexFloat32 ? result.DType : Elementwise.Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Reduce.Fold<MeanFold<float>, float, float, float>(default, input, mask, result, type, type); break;
            case TypeCode.Float64: Reduce.Fold<MeanFold<double>, double, double, double>(default, input, mask, result, type, type); break;
            case TypeCode.Complex64: Reduce.Fold<MeanFold<Complex64>, Complex64, Complex64, Complex64>(default, input, mask, result, type, type); break;
            default: Reduce.Fold<MeanFold<Complex>, Complex, Complex, Complex>(default, input, mask, result, type, type); break;
        }
    }

    static string NodeName(Dims dim) => dim.IsNone ? "MeanBackward0" : "MeanBackward1";

    static Tensor GradInput(Tensor grad, TensorSpec input, Dims dim, bool keepdim)
    {
        long count = Reduce.Count(input.Sizes, dim);
        return Reduce.Unreduce(grad * (1.0 / count), input.Sizes, dim, keepdim).to(input.DType);
    }
}
