using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("reciprocal", InPlace = true)]
internal static partial class Reciprocal
{
    /// <summary>Returns the reciprocal of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result)
    {
        if (!result.DType.is_complex || !PairsReciprocal.IsSupported || !result.device.IsCpu) Elementwise.FloatOrComplex<ReciprocalKernel>(input, result);
        else if (result.DType == ScalarType.ComplexFloat32) Elementwise.Map<PairsReciprocal, long, long>(default, input, result, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32);
        else Elementwise.Map<WidePairsReciprocal, Complex, Complex>(default, input, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
    }

    static Tensor GradInput(Tensor grad, Tensor result) => -grad * (result * result).conj();
}
