using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

// Questions to two numbers that complex ones answer besides the ordered types.
internal static unsafe partial class Elementwise
{
    internal static void Equality<TKernel>(Tensor input, Tensor other, Tensor result, bool equal)
        where TKernel : struct, ICompare
    {
        if (!Promotion.ResultType(input, other).is_complex) Compare<TKernel>(input, other, result);
        else if (Promotion.ResultType(input, other) == ScalarType.ComplexFloat32)
        {
            if (equal) Zip<PairsEqual, long, bool>(default, input, other, result, ScalarType.ComplexFloat32, ScalarType.Bool);
            else Zip<PairsDiffer, long, bool>(default, input, other, result, ScalarType.ComplexFloat32, ScalarType.Bool);
        }
        else if (equal) Zip<ComplexEqual, Complex, bool>(default, input, other, result, ScalarType.ComplexFloat64, ScalarType.Bool);
        else Zip<ComplexDiffer, Complex, bool>(default, input, other, result, ScalarType.ComplexFloat64, ScalarType.Bool);
    }

    /// <summary>A logical function of whether the operands are zero.</summary>
    internal static void Logical<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, ICompare
    {
        if (!Promotion.ResultType(input, other).is_complex) Compare<TKernel>(input, other, result);
        else Zip<CompareZip<TKernel, byte>, byte, bool>(default, input, other, result, ScalarType.Bool, ScalarType.Bool);
    }

    private readonly struct ComplexEqual : IZip<Complex, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(Complex x, Complex y) => x.Real == y.Real && x.Imaginary == y.Imaginary;
        public Vector512<bool> Invoke(Vector512<Complex> x, Vector512<Complex> y) => throw new InvalidOperationException();
    }

    private readonly struct ComplexDiffer : IZip<Complex, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(Complex x, Complex y) => x.Real != y.Real || x.Imaginary != y.Imaginary;
        public Vector512<bool> Invoke(Vector512<Complex> x, Vector512<Complex> y) => throw new InvalidOperationException();
    }
}
