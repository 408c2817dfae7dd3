using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Σ x.</summary>
public readonly struct SumFold<T> : IFold<T, T, T>
    where T : unmanaged, INumberBase<T>
{
    public static bool IsVectorized => Vector512<T>.IsSupported;
    public static bool HasBlock => IsCascade || IsComplex;
    public static bool IsCascade => typeof(T) == typeof(float) || typeof(T) == typeof(double);
    public static long LongestBlock => CascadeSum.Longest;
    public static bool HasEndLanes => Vector512<T>.IsSupported;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
    public static int MostRows => IsCascade ? CascadeSum.MostRows : 0;
    public static unsafe T Block(T* source, long count)
    {
        if (typeof(T) == typeof(float)) return (T)(object)CascadeSum.Of((float*)source, count);
        if (typeof(T) == typeof(double)) return (T)(object)CascadeSum.Of((double*)source, count);
        T total;
        if (typeof(T) == typeof(Complex64)) CascadeSum.OfPairs((float*)source, count, (float*)&total);
        else CascadeSum.OfPairs((double*)source, count, (double*)&total);
        return total;
    }
    public static unsafe void BlockRows(T* source, long stride, int rows, long count, T* totals)
    {
        if (typeof(T) == typeof(float)) CascadeSum.OfRows((float*)source, stride, rows, count, (float*)totals);
        else CascadeSum.OfRows((double*)source, stride, rows, count, (double*)totals);
    }
    public static unsafe Vector512<T> BlockLanes(T* source, long count) => typeof(T) == typeof(float)
        ? CascadeSum.OfLanes((float*)source, count).As<float, T>()
        : CascadeSum.OfLanes((double*)source, count).As<double, T>();

    // Columns of complex numbers are twice as many of real ones.
    public static bool HasColumns => IsComplex;
    public static unsafe void Columns(T* source, long stride, long rows, long columns, T* into)
    {
        if (typeof(T) == typeof(Complex64)) FoldLoop.StoredColumns<SumFold<float>, float, float, float, float>((float*)source, 2 * stride, rows, 2 * columns, (float*)into);
        else FoldLoop.StoredColumns<SumFold<double>, double, double, double, double>((double*)source, 2 * stride, rows, 2 * columns, (double*)into);
    }

    private static bool IsComplex => typeof(T) == typeof(Complex64) || typeof(T) == typeof(Complex);
}

/// <summary>Σ x / n.</summary>
public readonly struct MeanFold<T> : IFold<T, T, T>
    where T : unmanaged, INumberBase<T>
{
    public static bool IsVectorized => Vector512<T>.IsSupported;
    public static bool HasBlock => SumFold<T>.HasBlock;
    public static bool IsCascade => SumFold<T>.IsCascade;
    public static long LongestBlock => CascadeSum.Longest;
    public static bool HasEndLanes => IsCascade;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator / Vector512.Create(T.CreateTruncating(count));
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator / T.CreateTruncating(count);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
    public static int MostRows => SumFold<T>.MostRows;
    public static unsafe T Block(T* source, long count) => SumFold<T>.Block(source, count);
    public static unsafe void BlockRows(T* source, long stride, int rows, long count, T* totals) => SumFold<T>.BlockRows(source, stride, rows, count, totals);
    public static unsafe Vector512<T> BlockLanes(T* source, long count) => SumFold<T>.BlockLanes(source, count);
    public static bool HasColumns => SumFold<T>.HasColumns;
    public static unsafe void Columns(T* source, long stride, long rows, long columns, T* into) => SumFold<T>.Columns(source, stride, rows, columns, into);
}

/// <summary>Σ x over what is not NaN.</summary>
public readonly struct NanSumFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => Vector512<T>.IsSupported;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.IsNaN(x) ? accumulator : accumulator + x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + (x & Vector512.Equals(x, x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>Π x.</summary>
public readonly struct ProductFold<T> : IFold<T, T, T>
    where T : unmanaged, INumberBase<T>
{
    public static bool IsVectorized => Vector512<T>.IsSupported;
    public static bool HasEndLanes => Vector512<T>.IsSupported;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.One;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left * right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left * right;
}

/// <summary>Whether any element is not zero.</summary>
public readonly struct AnyFold : IFold<byte, byte, byte>
{
    public static bool IsVectorized => true;
    public byte Start => 0;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public byte Step(byte accumulator, byte x) => (byte)(accumulator | x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public byte Merge(byte left, byte right) => (byte)(left | right);
    public byte End(byte accumulator, long count) => accumulator != 0 ? (byte)1 : (byte)0;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<byte> StepLanes(Vector512<byte> accumulator, Vector512<byte> x) => accumulator | x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<byte> MergeLanes(Vector512<byte> left, Vector512<byte> right) => left | right;
}

/// <summary>Whether no element is zero.</summary>
public readonly struct AllFold : IFold<byte, byte, byte>
{
    public static bool IsVectorized => true;
    public byte Start => 1;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public byte Step(byte accumulator, byte x) => Math.Min(accumulator, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public byte Merge(byte left, byte right) => Math.Min(left, right);
    public byte End(byte accumulator, long count) => accumulator != 0 ? (byte)1 : (byte)0;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<byte> StepLanes(Vector512<byte> accumulator, Vector512<byte> x) => Vector512.Min(accumulator, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<byte> MergeLanes(Vector512<byte> left, Vector512<byte> right) => Vector512.Min(left, right);
}
