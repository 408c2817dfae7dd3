using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>What the four element types of linear algebra (float, double and the two complex ones) do not share as operators.</summary>
/// <remarks>Every test of the type is a constant to the JIT.</remarks>
internal static class Scalars
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsComplex<T>() => typeof(T) == typeof(Complex64) || typeof(T) == typeof(Complex);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSingle<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(Complex64);

    /// <summary>The spacing of numbers at 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Epsilon<T>() => IsSingle<T>() ? 1.1920928955078125e-7 : 2.220446049250313e-16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Conjugate<T>(T value)
    {
        if (typeof(T) == typeof(Complex64))
            return (T)(object)Complex64.Conjugate((Complex64)(object)value!);
        if (typeof(T) == typeof(Complex))
            return (T)(object)Complex.Conjugate((Complex)(object)value!);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double RealPart<T>(T value)
    {
        if (typeof(T) == typeof(float))
            return (float)(object)value!;
        if (typeof(T) == typeof(double))
            return (double)(object)value!;
        if (typeof(T) == typeof(Complex64))
            return ((Complex64)(object)value!).Real;
        return ((Complex)(object)value!).Real;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ImaginaryPart<T>(T value)
    {
        if (typeof(T) == typeof(Complex64))
            return ((Complex64)(object)value!).Imaginary;
        if (typeof(T) == typeof(Complex))
            return ((Complex)(object)value!).Imaginary;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Create<T>(double real, double imaginary = 0)
    {
        if (typeof(T) == typeof(float))
            return (T)(object)(float)real;
        if (typeof(T) == typeof(double))
            return (T)(object)real;
        if (typeof(T) == typeof(Complex64))
            return (T)(object)new Complex64((float)real, (float)imaginary);
        return (T)(object)new Complex(real, imaginary);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Complex Widen<T>(T value) => new(RealPart(value), ImaginaryPart(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Narrow<T>(Complex value) => Create<T>(value.Real, value.Imaginary);

    /// <summary>The absolute value, without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Magnitude<T>(T value) => IsComplex<T>() ? Hypotenuse(RealPart(value), ImaginaryPart(value)) : Math.Abs(RealPart(value));

    /// <summary>|re| + |im|: the size by which LAPACK chooses pivots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Size<T>(T value) => IsComplex<T>() ? Math.Abs(RealPart(value)) + Math.Abs(ImaginaryPart(value)) : Math.Abs(RealPart(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MagnitudeSquared<T>(T value)
    {
        double real = RealPart(value), imaginary = ImaginaryPart(value);
        return IsComplex<T>() ? real * real + imaginary * imaginary : real * real;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero<T>(T value) => RealPart(value) == 0 && ImaginaryPart(value) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite<T>(T value) => double.IsFinite(RealPart(value)) && double.IsFinite(ImaginaryPart(value));

    /// <summary>√(a² + b²) in the plain way where that is safe.</summary>
    public static double Hypotenuse(double a, double b)
    {
        double sum = a * a + b * b;
        return sum is > 1e-280 and < 1e280 ? Math.Sqrt(sum) : double.Hypot(a, b);
    }
}
