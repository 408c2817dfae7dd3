using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The least integer that is not below x.</summary>
public readonly struct CeilKernel : IFloatUnary
{
    public static string Name => "ceil";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Ceiling(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512.Ceiling(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512.Ceiling(x);
}

/// <summary>The greatest integer that is not above x.</summary>
public readonly struct FloorKernel : IFloatUnary
{
    public static string Name => "floor";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Floor(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512.Floor(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512.Floor(x);
}

/// <summary>x without its fraction.</summary>
public readonly struct TruncKernel : IFloatUnary
{
    public static string Name => "trunc";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Truncate(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512.Truncate(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512.Truncate(x);
}

/// <summary>The fraction of x, with its sign.</summary>
public readonly struct FracKernel : IFloatUnary
{
    public static string Name => "frac";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x - T.Truncate(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => x - Vector512.Truncate(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => x - Vector512.Truncate(x);
}

/// <summary>The nearest integer, ties to even.</summary>
public readonly struct RoundKernel : IFloatUnary
{
    public static string Name => "round";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Round(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Round(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Round(x);
}

/// <summary>The nearest number with so many decimals, ties to even.</summary>
public readonly struct RoundDecimalsMap(long decimals) : IMap<float, float>, IMap<double, double>
{
    private readonly double _power = Math.Pow(10, Math.Abs(decimals));
    private readonly float _single = (float)Math.Pow(10, Math.Abs(decimals));
    private readonly bool _negative = decimals < 0;

    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;

    public float Invoke(float x) => _negative ? MathF.Round(x / _single) * _single : MathF.Round(x * _single) / _single;

    public double Invoke(double x) => _negative ? Math.Round(x / _power) * _power : Math.Round(x * _power) / _power;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x)
    {
        Vector512<float> power = Vector512.Create(_single);
        return _negative ? VectorMath.Round(x / power) * power : VectorMath.Round(x * power) / power;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Invoke(Vector512<double> x)
    {
        Vector512<double> power = Vector512.Create(_power);
        return _negative ? VectorMath.Round(x / power) * power : VectorMath.Round(x * power) / power;
    }
}
