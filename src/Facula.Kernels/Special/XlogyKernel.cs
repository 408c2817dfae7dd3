using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Input·ln(other), 0 where input is zero.</summary>
public readonly struct XlogyKernel : IFloatBinary
{
    public static string Name => "xlogy";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.XLogY(Vector512.Create(x), Vector512.Create(y)).ToScalar();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.XLogY(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.XLogY(x, y);
}
