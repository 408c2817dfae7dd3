using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("frexp")]
internal static partial class Frexp
{
    /// <summary>Splits each element into a mantissa in [0.5, 1) and a power of two.</summary>
    static (TensorSpec mantissa, TensorSpec exponent) Infer(Tensor input)
    {
        Check.That(input.DType.is_floating_point, $"torch.frexp() only supports floating-point dtypes");
        return (TensorSpec.Pointwise(input), TensorSpec.Pointwise(input).As(ScalarType.Int32));
    }

    static void Compute(Tensor input, Tensor mantissa, Tensor exponent)
    {
        if (Elementwise.Arithmetic(input.DType) == ScalarType.Float32)
        {
            Elementwise.Map<ExponentMap, float, int>(default, input, exponent, ScalarType.Float32, ScalarType.Int32);
            Elementwise.Map<MantissaMap, float, float>(default, input, mantissa, ScalarType.Float32, ScalarType.Float32);
        }
        else
        {
            Elementwise.Map<ExponentMap, double, int>(default, input, exponent, ScalarType.Float64, ScalarType.Int32);
            Elementwise.Map<MantissaMap, double, double>(default, input, mantissa, ScalarType.Float64, ScalarType.Float64);
        }
    }

    static Tensor GradInput(Tensor grad, Tensor exponent) => grad / exponent.exp2();
}
