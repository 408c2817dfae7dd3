using System.Runtime.Intrinsics;
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
        Elementwise.Map<ExponentMap, double, int>(default, input, exponent, ScalarType.Float64, ScalarType.Int32);
        Elementwise.Map<MantissaMap, double, double>(default, input, mantissa, ScalarType.Float64, ScalarType.Float64);
    }

    static Tensor GradInput(Tensor grad, Tensor exponent) => grad / exponent.exp2();

    private static int Exponent(double x) => x == 0 || !double.IsFinite(x) ? 0 : Math.ILogB(x) + 1;

    private readonly struct ExponentMap : IMap<double, int>
    {
        public static bool IsVectorized => false;
        public int Invoke(double x) => Exponent(x);
        public Vector512<int> Invoke(Vector512<double> x) => throw new InvalidOperationException();
    }

    private readonly struct MantissaMap : IMap<double, double>
    {
        public static bool IsVectorized => false;
        public double Invoke(double x) => Math.ScaleB(x, -Exponent(x));
        public Vector512<double> Invoke(Vector512<double> x) => throw new InvalidOperationException();
    }
}
