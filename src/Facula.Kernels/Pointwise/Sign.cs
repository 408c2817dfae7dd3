using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>−1, 0 or 1 by the sign; 0 for NaN.</summary>
public readonly struct SignKernel : IRealUnary
{
    public static string Name => "sign";
    public static bool IsVectorized<T>() => true;
    public static T Invoke<T>(T x) where T : unmanaged, INumber<T> => x > T.Zero ? T.One : x < T.Zero ? -T.One : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(byte) ? Vector512.Min(x, Vector512<T>.One)
        : typeof(T) != typeof(float) && typeof(T) != typeof(double) ? Vector512.Min(Vector512.Max(x, Vector512<T>.AllBitsSet), Vector512<T>.One)
        : (Vector512.GreaterThan(x, Vector512<T>.Zero) & Vector512<T>.One) - (Vector512.LessThan(x, Vector512<T>.Zero) & Vector512<T>.One);
}

/// <summary>z / |z|.</summary>
public readonly struct SgnMap : IMap<Complex, Complex>, IPartsUnary
{
    public static bool IsVectorized => false;
    public Complex Invoke(Complex x) => ComplexMath.Sgn(x);
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.SignParts(ref real, ref imaginary);
    public Vector512<Complex> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
}

/// <summary>|x|; the least integer stays itself.</summary>
public readonly struct AbsKernel : IRealUnary
{
    public static string Name => "abs";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, INumber<T> => T.IsNegative(x) ? -x : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => Vector512.Abs(x);
}

/// <summary>|z|.</summary>
public readonly struct MagnitudeOfParts : IRealOfParts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> real, Vector512<float> imaginary) => VectorMath.Magnitude(real, imaginary);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> real, Vector512<double> imaginary) => VectorMath.Hypot(real, imaginary);
}

/// <summary>The angle of a complex number.</summary>
public readonly struct PhaseOfParts : IRealOfParts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> real, Vector512<float> imaginary) => VectorMath.Atan2(imaginary, real);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> real, Vector512<double> imaginary) => VectorMath.Atan2(imaginary, real);
}

/// <summary>The complex conjugate.</summary>
public readonly struct ConjMap : IMap<Complex, Complex>
{
    public static bool IsVectorized => false;
    public Complex Invoke(Complex x) => Complex.Conjugate(x);
    public Vector512<Complex> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
}

/// <summary>The complex conjugate of a number in 64 bits, whose imaginary part's sign is the highest.</summary>
public readonly struct ConjBits : IMap<long, long>
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public long Invoke(long x) => x ^ long.MinValue;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<long> Invoke(Vector512<long> x) => x ^ Vector512.Create(long.MinValue);
}

/// <summary>The angle of a real number: 0 or π.</summary>
public readonly struct AngleKernel : IFloatUnary
{
    public static string Name => "angle";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(x) ? x : x < T.Zero ? T.Pi : T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512.LessThan(x, Vector512<float>.Zero) & Vector512.Create(MathF.PI), x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512.LessThan(x, Vector512<double>.Zero) & Vector512.Create(Math.PI), x);
}
