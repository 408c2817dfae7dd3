using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>eˣ.</summary>
public readonly struct ExpKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "exp";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.HasDenormalPowers(x) ? VectorMath.ExpWithDenormals(x) : VectorMath.Exp(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Exp(x);
    public static Complex Invoke(Complex x) => Complex.Exp(x);
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.ExpParts(ref real, ref imaginary);
}
