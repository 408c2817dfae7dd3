using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Each element turned from degrees into radians.</summary>
public readonly struct Deg2radKernel : IFloatUnary
{
    public static string Name => "deg2rad";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => x * T.CreateTruncating(Math.PI / 180);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => x * Vector512.Create((float)(Math.PI / 180));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => x * Vector512.Create((Math.PI / 180));
}
