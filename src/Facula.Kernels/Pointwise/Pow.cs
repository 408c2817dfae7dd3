using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x to the power y.</summary>
public readonly struct PowKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "pow";
    public static bool IsVectorized => true;
    // One number goes the way of the vectors, to the same bits.
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? T.CreateTruncating(VectorMath.Pow(Vector512.Create(float.CreateTruncating(x)), Vector512.Create(float.CreateTruncating(y))).ToScalar())
        : T.CreateTruncating(VectorMath.Pow(Vector512.Create(double.CreateTruncating(x)), Vector512.Create(double.CreateTruncating(y))).ToScalar());
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.Pow(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.Pow(x, y);
    public static Complex Invoke(Complex x, Complex y) => ComplexMath.Pow(x, y);
}

/// <summary>x to the power y in wrapping integers; a negative power of anything but ±1 is 0.</summary>
public readonly struct IntegerPowKernel : IIntegerBinary
{
    public static string Name => "pow";

    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        if (T.IsNegative(y))
        {
            if (x == T.One) return x;
            return x + T.One == T.Zero ? T.IsEvenInteger(y) ? T.One : x : T.Zero;
        }
        T result = T.One;
        for (; y != T.Zero; y >>= 1)
        {
            if (T.IsOddInteger(y)) result *= x;
            x *= x;
        }
        return result;
    }
}

/// <summary>x² of any number.</summary>
public readonly struct SquareKernel : INumberUnary
{
    public static string Name => "square";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, INumberBase<T> => x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => x * x;
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => (real, imaginary) = (real * real - imaginary * imaginary, real * imaginary + imaginary * real);
}

/// <summary>x³ of any number.</summary>
public readonly struct CubeKernel : INumberUnary
{
    public static string Name => "cube";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, INumberBase<T> => x * x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => x * x * x;
}
