using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("isfinite", Out = false)]
internal static partial class IsFinite
{
    /// <summary>Tests whether each element is neither an infinity nor NaN; a complex number is finite when both parts are.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Elementwise.Map<ComplexTest, Complex, bool>(default, input, result, ScalarType.ComplexFloat64, ScalarType.Bool);
        else if (input.DType.is_floating_point) Elementwise.Test<IsFiniteTest>(input, result);
        else result.FillRaw(true);
    }

    private readonly struct ComplexTest : IMap<Complex, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(Complex x) => double.IsFinite(x.Real) && double.IsFinite(x.Imaginary);
        public Vector512<bool> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
    }
}
