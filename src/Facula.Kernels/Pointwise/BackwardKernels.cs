using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>g · (1 − y²), conjugated.</summary>
public readonly struct TanhBackwardKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "tanh_backward";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x * (T.One - y * y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * (Vector512<float>.One - y * y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * (Vector512<double>.One - y * y);
    public static Complex Invoke(Complex x, Complex y) => x * Complex.Conjugate(Complex.One - y * y);
}

/// <summary>g · (1 − y) · y, conjugated.</summary>
public readonly struct SigmoidBackwardKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "sigmoid_backward";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x * (T.One - y) * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * (Vector512<float>.One - y) * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * (Vector512<double>.One - y) * y;
    public static Complex Invoke(Complex x, Complex y) => x * Complex.Conjugate((Complex.One - y) * y);
}
