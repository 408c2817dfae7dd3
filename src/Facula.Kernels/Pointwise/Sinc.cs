using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Sin(πx) / (πx) of each element, 1 at zero.</summary>
public readonly struct SincKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sinc";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Sinc(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sinc(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Sinc(x);
    public static Complex Invoke(Complex x) => ComplexMath.Sinc(x);
}
