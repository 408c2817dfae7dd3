using System.Numerics;

namespace Facula.Kernels;

/// <summary>The greatest common divisor.</summary>
public readonly struct GcdKernel : IIntegerBinary
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
}

/// <summary>The least common multiple.</summary>
public readonly struct LcmKernel : IIntegerBinary
{
    public static string Name => "lcm_cpu";

    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        T divisor = GcdKernel.Invoke(x, y);
        if (divisor == T.Zero) return T.Zero;
        T multiple = x / divisor * y;
        return T.IsNegative(multiple) ? T.Zero - multiple : multiple;
    }
}
