using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The logistic function 1 / (1 + e⁻ˣ) of each element.</summary>
public readonly struct SigmoidKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sigmoid";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sigmoid(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Sigmoid(x);
    public static Complex Invoke(Complex x) => Complex.One / (Complex.One + Complex.Exp(-x));
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.SigmoidParts(ref real, ref imaginary);
}
