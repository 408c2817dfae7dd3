using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A yes-or-no question to a float.</summary>
public interface IFloatTest
{
    static abstract string Name { get; }
    static abstract bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A question as a map into bool.</summary>
public readonly struct FloatTestMap<TKernel> : IMap<float, bool>, IMap<double, bool>
    where TKernel : IFloatTest
{
    static bool IMap<float, bool>.IsVectorized => false;
    static bool IMap<double, bool>.IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(float x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(double x) => TKernel.Invoke(x);
    public Vector512<bool> Invoke(Vector512<float> x) => throw new InvalidOperationException();
    public Vector512<bool> Invoke(Vector512<double> x) => throw new InvalidOperationException();
}

/// <summary>Whether x is NaN.</summary>
public readonly struct IsNaNTest : IFloatTest
{
    public static string Name => "isnan";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(x);
}

/// <summary>Whether x is an infinity.</summary>
public readonly struct IsInfTest : IFloatTest
{
    public static string Name => "isinf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsInfinity(x);
}

/// <summary>Whether x is +∞.</summary>
public readonly struct IsPosInfTest : IFloatTest
{
    public static string Name => "isposinf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsPositiveInfinity(x);
}

/// <summary>Whether x is −∞.</summary>
public readonly struct IsNegInfTest : IFloatTest
{
    public static string Name => "isneginf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNegativeInfinity(x);
}

/// <summary>Whether the sign bit is set.</summary>
public readonly struct SignBitTest : IFloatTest
{
    public static string Name => "signbit";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNegative(x);
}
