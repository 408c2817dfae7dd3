using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("isnan")]
internal static partial class IsNaN
{
    /// <summary>Tests each element for NaN.</summary>
    static Tensor Compose(Tensor input)
    {
        Tensor result = Tensor.Allocate(input.SizesRef, ScalarType.Bool, input.device);
        if (!input.DType.IsDifferentiable) result.FillRaw(false);
        else if (input.DType.is_complex) Elementwise.Map<ComplexTest, Complex, bool>(default, input, result, ScalarType.ComplexFloat64, ScalarType.Bool);
        else Elementwise.Map<Test, double, bool>(default, input, result, ScalarType.Float64, ScalarType.Bool);
        return result;
    }

    private readonly struct Test : IMap<double, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(double x) => double.IsNaN(x);
        public Vector512<bool> Invoke(Vector512<double> x) => throw new InvalidOperationException();
    }

    private readonly struct ComplexTest : IMap<Complex, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(Complex x) => double.IsNaN(x.Real) || double.IsNaN(x.Imaginary);
        public Vector512<bool> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
    }
}
