using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Loads and index arithmetic for pooling, eight floats or four doubles at a time.</summary>
internal static unsafe class PoolingLanes<T> where T : unmanaged
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector256<T>.Count; }

    /// <summary>How many elements a load with this stride touches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Reach(int stride) => stride * Count;

    /// <summary>Every element, or every second; these in an order of their own, which <see cref="InOrder"/> undoes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source, int stride) =>
        stride == 1 ? Vector256.Load(source) : Even(Vector256.Load(source), Vector256.Load(source + Vector256<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Even(Vector256<T> a, Vector256<T> b)
    {
        if (sizeof(T) == 4)
        {
            Vector256<float> x = a.As<T, float>(), y = b.As<T, float>();
            if (Avx2.IsSupported)
                return Avx.Shuffle(x, y, 0b10_00_10_00).As<float, T>();
            return Vector256.Create(x[0], x[2], x[4], x[6], y[0], y[2], y[4], y[6]).As<float, T>();
        }
        Vector256<double> p = a.As<T, double>(), q = b.As<T, double>();
        if (Avx2.IsSupported)
            return Avx.UnpackLow(p, q).As<double, T>();
        return Vector256.Create(p[0], p[2], q[0], q[2]).As<double, T>();
    }

    /// <summary>What was made of loads with this stride, in the order of the elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InOrder(Vector256<T> value, int stride) =>
        stride == 2 && Avx2.IsSupported ? Avx2.Permute4x64(value.As<T, double>(), 0b11_01_10_00).As<double, T>() : value;

    /// <summary>An integer as wide as T in every lane, held in a vector of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Index(nint index) => sizeof(T) == 4 ? Vector256.Create((int)index).As<int, T>() : Vector256.Create((long)index).As<long, T>();

    /// <summary>first, first + step, … as integers as wide as T, held in a vector of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sequence(nint first, int step) => sizeof(T) == 4
        ? Vector256.CreateSequence((int)first, step).As<int, T>()
        : Vector256.CreateSequence((long)first, step).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddIndex(Vector256<T> index, Vector256<T> other) => sizeof(T) == 4
        ? (index.As<T, int>() + other.As<T, int>()).As<int, T>()
        : (index.As<T, long>() + other.As<T, long>()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndex<TIndex>(Vector256<T> index, TIndex* destination) where TIndex : unmanaged
    {
        if (sizeof(T) == sizeof(TIndex))
        {
            index.As<T, TIndex>().Store(destination);
        }
        else if (sizeof(T) == 4)
        {
            var (low, high) = Vector256.Widen(index.As<T, int>());
            low.Store((long*)destination);
            high.Store((long*)destination + 4);
        }
        else
        {
            Vector256.Narrow(index.As<T, long>(), Vector256<long>.Zero).GetLower().Store((int*)destination);
        }
    }
}
