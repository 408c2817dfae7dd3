using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Each element turned from radians into degrees.</summary>
public readonly struct Rad2degKernel : IFloatUnary
{
    public static string Name => "rad2deg";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => x * T.CreateTruncating(180 / Math.PI);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => x * Vector512.Create((float)(180 / Math.PI));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => x * Vector512.Create((180 / Math.PI));
}
