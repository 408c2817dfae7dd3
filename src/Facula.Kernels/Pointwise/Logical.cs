using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Whether both are not zero.</summary>
public readonly struct LogicalAndKernel : ICompare
{
    public static string Name => "logical_and";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x != T.Zero & y != T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => ~(Vector512.Equals(x, Vector512<T>.Zero) | Vector512.Equals(y, Vector512<T>.Zero));
}

/// <summary>Whether one of them or both are not zero.</summary>
public readonly struct LogicalOrKernel : ICompare
{
    public static string Name => "logical_or";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x != T.Zero | y != T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => ~(Vector512.Equals(x, Vector512<T>.Zero) & Vector512.Equals(y, Vector512<T>.Zero));
}

/// <summary>Whether exactly one of them is not zero.</summary>
public readonly struct LogicalXorKernel : ICompare
{
    public static string Name => "logical_xor";
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => x != T.Zero ^ y != T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => Vector512.Equals(x, Vector512<T>.Zero) ^ Vector512.Equals(y, Vector512<T>.Zero);
}
