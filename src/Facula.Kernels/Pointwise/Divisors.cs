using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The greatest common divisor.</summary>
public readonly unsafe struct GcdKernel : IIntegerBinary
{
    public static string Name => "gcd_cpu";

    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        while (x != T.Zero)
        {
            // A divisor of −1 may not reach the hardware: the least integer overflows there.
            T rest = T.IsNegative(x) && x + T.One == T.Zero ? T.Zero : y % x;
            y = x;
            x = rest;
        }
        return T.IsNegative(y) ? T.Zero - y : y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run<T>(T* left, long leftStride, T* right, long rightStride, T* destination, long count) where T : unmanaged, IBinaryInteger<T> =>
        DivisorLanes.Run<GcdKernel, T>(left, leftStride, right, rightStride, destination, count, isMultiple: false);
}

/// <summary>The least common multiple.</summary>
public readonly unsafe struct LcmKernel : IIntegerBinary
{
    public static string Name => "lcm_cpu";

    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        T divisor = GcdKernel.Invoke(x, y);
        if (divisor == T.Zero) return T.Zero;
        T multiple = x / divisor * y;
        return T.IsNegative(multiple) ? T.Zero - multiple : multiple;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run<T>(T* left, long leftStride, T* right, long rightStride, T* destination, long count) where T : unmanaged, IBinaryInteger<T> =>
        DivisorLanes.Run<LcmKernel, T>(left, leftStride, right, rightStride, destination, count, isMultiple: true);
}
