using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x == y.</summary>
public readonly struct EqKernel : ICompare
{
    public static string Name => "eq";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x == y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.Equals(x, y);
}

/// <summary>x != y.</summary>
public readonly struct NeKernel : ICompare
{
    public static string Name => "ne";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x != y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => ~Vector512.Equals(x, y);
}

/// <summary>x &lt; y.</summary>
public readonly struct LtKernel : ICompare
{
    public static string Name => "lt";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x < y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.LessThan(x, y);
}

/// <summary>x &lt;= y.</summary>
public readonly struct LeKernel : ICompare
{
    public static string Name => "le";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x <= y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.LessThanOrEqual(x, y);
}

/// <summary>x > y.</summary>
public readonly struct GtKernel : ICompare
{
    public static string Name => "gt";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x > y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.GreaterThan(x, y);
}

/// <summary>x >= y.</summary>
public readonly struct GeKernel : ICompare
{
    public static string Name => "ge";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x >= y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.GreaterThanOrEqual(x, y);
}
