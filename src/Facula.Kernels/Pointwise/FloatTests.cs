using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A yes-or-no question to a float.</summary>
public interface IFloatTest
{
    static abstract string Name { get; }
    static abstract bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The lanes for which the answer is yes, all bits set.</summary>
    static abstract Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged;
}

/// <summary>A question as a map into bool.</summary>
public readonly unsafe struct FloatTestMap<TKernel> : IMap<float, bool>, IMap<double, bool>
    where TKernel : IFloatTest
{
    static bool IMap<float, bool>.IsVectorized => false;
    static bool IMap<double, bool>.IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(float x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(double x) => TKernel.Invoke(x);
    public Vector512<bool> Invoke(Vector512<float> x) => throw new InvalidOperationException();
    public Vector512<bool> Invoke(Vector512<double> x) => throw new InvalidOperationException();

    // As a question to two numbers, of which the second does not matter.
    public static long Run(float* source, bool* destination, long count, bool far) => ZipLoop.MaskRow<OfFirst<float>, float, bool>(source, 1, source, 0, (byte*)destination, count, far);
    public static long Run(double* source, bool* destination, long count, bool far) => ZipLoop.MaskRow<OfFirst<double>, double, bool>(source, 1, source, 0, (byte*)destination, count, far);

    private readonly struct OfFirst<T> : IZip<T, bool>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => false;
        public static bool IsMask => true;
        public bool Invoke(T x, T y) => TKernel.Invoke(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask(Vector512<T> x, Vector512<T> y) => TKernel.Mask(x);
        public Vector512<bool> Invoke(Vector512<T> x, Vector512<T> y) => throw new InvalidOperationException();
    }
}

/// <summary>Whether x is NaN.</summary>
public readonly struct IsNaNTest : IFloatTest
{
    public static string Name => "isnan";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => ~Vector512.Equals(x, x);
}

/// <summary>Whether x is an infinity.</summary>
public readonly struct IsInfTest : IFloatTest
{
    public static string Name => "isinf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsInfinity(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => Vector512.Equals(Vector512.Abs(x), VectorMath.Constant<T>(double.PositiveInfinity));
}

/// <summary>Whether x is neither an infinity nor NaN.</summary>
public readonly struct IsFiniteTest : IFloatTest
{
    public static string Name => "isfinite";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsFinite(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => Vector512.LessThan(Vector512.Abs(x), VectorMath.Constant<T>(double.PositiveInfinity));
}

/// <summary>Whether x is +∞.</summary>
public readonly struct IsPosInfTest : IFloatTest
{
    public static string Name => "isposinf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsPositiveInfinity(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => Vector512.Equals(x, VectorMath.Constant<T>(double.PositiveInfinity));
}

/// <summary>Whether x is −∞.</summary>
public readonly struct IsNegInfTest : IFloatTest
{
    public static string Name => "isneginf";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNegativeInfinity(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => Vector512.Equals(x, VectorMath.Constant<T>(double.NegativeInfinity));
}

/// <summary>Whether the sign bit is set.</summary>
public readonly struct SignBitTest : IFloatTest
{
    public static string Name => "signbit";
    public static bool Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.IsNegative(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask<T>(Vector512<T> x) where T : unmanaged => typeof(T) == typeof(float)
        ? Vector512.LessThan(x.As<T, int>(), Vector512<int>.Zero).As<int, T>()
        : Vector512.LessThan(x.As<T, long>(), Vector512<long>.Zero).As<long, T>();
}
