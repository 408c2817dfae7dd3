using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The angle of the point (y, x).</summary>
public readonly struct Atan2Kernel : IFloatBinary
{
    public static string Name => "atan2";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.Atan2(Vector512.Create(x), Vector512.Create(y)).ToScalar();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.Atan2(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.Atan2(x, y);
}

/// <summary>√(x² + y²).</summary>
public readonly struct HypotKernel : IFloatBinary
{
    public static string Name => "hypot_cpu";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? T.CreateTruncating(VectorMath.Hypot(Vector512.Create(float.CreateTruncating(x)), Vector512.Create(float.CreateTruncating(y))).ToScalar())
        : T.CreateTruncating(VectorMath.Hypot(Vector512.Create(double.CreateTruncating(x)), Vector512.Create(double.CreateTruncating(y))).ToScalar());
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.Hypot(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.Hypot(x, y);
}

/// <summary>|x| with the sign of y.</summary>
public readonly struct CopysignKernel : IFloatBinary
{
    public static string Name => "copysign";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => T.CopySign(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.CopySign(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.CopySign(x, y);
}

/// <summary>The neighbour of x towards y.</summary>
public readonly struct NextafterKernel : IFloatBinary
{
    public static string Name => "nextafter_cpu";
    public static bool IsVectorized => true;

    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(x) || T.IsNaN(y) ? T.NaN : x == y ? y : y > x ? T.BitIncrement(x) : T.BitDecrement(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
    {
        // The bits of a number count away from zero.
        Vector512<int> away = Vector512.GreaterThan(y, x).AsInt32() ^ Vector512.LessThan(x, Vector512<float>.Zero).AsInt32();
        Vector512<float> next = (x.AsInt32() + Vector512.ConditionalSelect(away, Vector512<int>.One, Vector512<int>.AllBitsSet)).AsSingle();
        next = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.Epsilon) | (y & Vector512.Create(-0f)), next);
        return Vector512.ConditionalSelect(Vector512.Equals(x, y), y, Vector512.ConditionalSelect(Vector512.Equals(x, x) & Vector512.Equals(y, y), next, Vector512.Create(float.NaN)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y)
    {
        Vector512<long> away = Vector512.GreaterThan(y, x).AsInt64() ^ Vector512.LessThan(x, Vector512<double>.Zero).AsInt64();
        Vector512<double> next = (x.AsInt64() + Vector512.ConditionalSelect(away, Vector512<long>.One, Vector512<long>.AllBitsSet)).AsDouble();
        next = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.Epsilon) | (y & Vector512.Create(-0.0)), next);
        return Vector512.ConditionalSelect(Vector512.Equals(x, y), y, Vector512.ConditionalSelect(Vector512.Equals(x, x) & Vector512.Equals(y, y), next, Vector512.Create(double.NaN)));
    }
}

/// <summary>ln(eˣ + eʸ).</summary>
public readonly struct LogaddexpKernel : IFloatBinary
{
    public static string Name => "logaddexp_cpu";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.LogAddExp(Vector512.Create(x), Vector512.Create(y)).ToScalar();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.LogAddExp(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.LogAddExp(x, y);
}

/// <summary>log₂(2ˣ + 2ʸ).</summary>
public readonly struct Logaddexp2Kernel : IFloatBinary
{
    public static string Name => "logaddexp2_cpu";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => VectorMath.LogAddExp2(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => VectorMath.LogAddExp2(x, y);

    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsInfinity(x) && x == y ? x : T.Max(x, y) + T.CreateTruncating(SpecialFunctions.Log1P(double.CreateTruncating(T.Exp2(-T.Abs(x - y)))) / Math.Log(2));
}
