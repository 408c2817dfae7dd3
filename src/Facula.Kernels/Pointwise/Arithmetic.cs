using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x + y; bool: or.</summary>
public readonly struct AddKernel : INumberBinary
{
    public static string Name => "add";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumberBase<T> => x + y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x + y;
    public static bool HasPairs => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Pairs(Vector512<float> x, Vector512<float> y) => x + y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Pairs(Vector512<double> x, Vector512<double> y) => x + y;
    public static bool Invoke(bool x, bool y) => x | y;
}

/// <summary>x − y.</summary>
public readonly struct SubKernel : INumberBinary
{
    public static string Name => "sub";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumberBase<T> => x - y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x - y;
    public static bool HasPairs => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Pairs(Vector512<float> x, Vector512<float> y) => x - y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Pairs(Vector512<double> x, Vector512<double> y) => x - y;
}

/// <summary>x · y; bool: and.</summary>
public readonly struct MulKernel : INumberBinary
{
    public static string Name => "mul";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumberBase<T> => x * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x * y;
    public static bool HasPairs => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Pairs(Vector512<float> x, Vector512<float> y) => ComplexLanes.Multiply(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Pairs(Vector512<double> x, Vector512<double> y) => ComplexLanes.Multiply(x, y);
    public static bool Invoke(bool x, bool y) => x & y;
}

/// <summary>−x.</summary>
public readonly struct NegKernel : INumberUnary
{
    public static string Name => "neg";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, INumberBase<T> => -x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => -x;
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => (real, imaginary) = (-real, -imaginary);
}
