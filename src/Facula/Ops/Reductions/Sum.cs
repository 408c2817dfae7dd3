using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sum")]
[NumpyNames]
internal static partial class Sum
{
    /// <summary>Returns the sum of the elements, over all dimensions or those in <paramref name="dim"/>; integers sum in int64.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null) =>
        new(Reduce.Shape(input, Reduce.Mask(input, dim, "sum"), keepdim), dtype ?? (input.DType.IsDifferentiable ? input.DType : ScalarType.Int64), input.device);

    static void Compute(Tensor input, Dims dim, bool keepdim, ScalarType? dtype, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "sum");
        // Complex numbers are summed as they are, like PyTorch's.
        ScalarType type = result.DType == ScalarType.ComplexFloat32 ? result.DType : Elementwise.Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Reduce.Fold<SumFold<float>, float, float, float>(default, input, mask, result, type, type); break;
            case TypeCode.Float64: Reduce.Fold<SumFold<double>, double, double, double>(default, input, mask, result, type, type); break;
            case TypeCode.Complex64: Reduce.Fold<SumFold<Complex64>, Complex64, Complex64, Complex64>(default, input, mask, result, type, type); break;
            case TypeCode.Complex128: Reduce.Fold<SumFold<Complex>, Complex, Complex, Complex>(default, input, mask, result, type, type); break;
            case TypeCode.Bool: Reduce.Fold<AnyFold, byte, byte, byte>(default, input, mask, result, type, type); break;
            default: Reduce.Fold<SumFold<long>, long, long, long>(default, input, mask, result, ScalarType.Int64, ScalarType.Int64); break;
        }
    }

    static string NodeName(Dims dim) => dim.IsNone ? "SumBackward0" : "SumBackward1";

    static Tensor GradInput(Tensor grad, Size input, Dims dim, bool keepdim) => Reduce.Unreduce(grad, input, dim, keepdim);
}
