using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The greater of two; NaN wins.</summary>
public readonly struct MaximumKernel : IRealBinary
{
    public static string Name => "maximum";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => T.Max(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => VectorMath.Maximum(x, y);
    public static bool Invoke(bool x, bool y) => x | y;
}

/// <summary>The lesser of two; NaN wins.</summary>
public readonly struct MinimumKernel : IRealBinary
{
    public static string Name => "minimum";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => T.Min(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => VectorMath.Minimum(x, y);
    public static bool Invoke(bool x, bool y) => x & y;
}

/// <summary>The greater of two; NaN loses.</summary>
public readonly struct FmaxKernel : IRealBinary
{
    public static string Name => "fmax";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => T.MaxNumber(x, y);
    public static bool Invoke(bool x, bool y) => x | y;
}

/// <summary>The lesser of two; NaN loses.</summary>
public readonly struct FminKernel : IRealBinary
{
    public static string Name => "fmin";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => T.MinNumber(x, y);
    public static bool Invoke(bool x, bool y) => x & y;
}

/// <summary>0 below zero, 1 above, y at zero.</summary>
public readonly struct HeavisideKernel : IRealBinary
{
    public static string Name => "heaviside";
    public static bool IsVectorized<T>() => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x == T.Zero ? y : x > T.Zero ? T.One : T.Zero;
    public static bool Invoke(bool x, bool y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), y, Vector512.GreaterThan(x, Vector512<T>.Zero) & Vector512<T>.One);
}
