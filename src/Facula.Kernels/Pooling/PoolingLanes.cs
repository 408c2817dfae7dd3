using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Loads, stores and index arithmetic for pooling, sixteen floats or eight doubles at a time.</summary>
internal static unsafe class PoolingLanes<T> where T : unmanaged
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector512<T>.Count; }

    /// <summary>Of pairs the first, and the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> First, Vector512<T> Second) LoadPairs(T* source)
    {
        LaneMemory<T>.Split(source, out Vector512<T> first, out Vector512<T> second);
        return (first, second);
    }

    /// <summary>Stores the first elements of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination, int count)
    {
        if (count == Count) value.Store(destination);
        else StoreSome(value, destination, count);
    }

    private static void StoreSome(Vector512<T> value, T* destination, int count) => PartialLanes.Store(value, destination, count);

    /// <summary>An integer as wide as T in every lane, held in a vector of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Index(nint index) => sizeof(T) == 4 ? Vector512.Create((int)index).As<int, T>() : Vector512.Create((long)index).As<long, T>();

    /// <summary>first, first + step, … as integers as wide as T, held in a vector of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sequence(nint first, int step) => sizeof(T) == 4
        ? (Vector512.Create((int)first) + Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) * Vector512.Create(step)).As<int, T>()
        : (Vector512.Create((long)first) + Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7) * Vector512.Create((long)step)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddIndex(Vector512<T> index, Vector512<T> other) => sizeof(T) == 4
        ? (index.AsInt32() + other.AsInt32()).As<int, T>()
        : (index.AsInt64() + other.AsInt64()).As<long, T>();

    /// <summary>The value where the two integers are equal, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WhereEqual(Vector512<T> index, Vector512<T> other, Vector512<T> value) => sizeof(T) == 4
        ? Vector512.ConditionalSelect(Vector512.Equals(index.AsInt32(), other.AsInt32()).As<int, T>(), value, Vector512<T>.Zero)
        : Vector512.ConditionalSelect(Vector512.Equals(index.AsInt64(), other.AsInt64()).As<long, T>(), value, Vector512<T>.Zero);

    /// <summary>The first elements of a vector, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> First(Vector512<T> value, nint count) => value & PartialLanes.First<T>(count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadIndex<TIndex>(TIndex* source) where TIndex : unmanaged
    {
        if (sizeof(T) == sizeof(TIndex)) return Vector512.Load((T*)source);
        return sizeof(T) == 4
            ? NarrowLanes.Narrow(Vector512.Load((long*)source), Vector512.Load((long*)source + 8)).As<int, T>()
            : Vector512.WidenLower(Vector256.Load((int*)source).ToVector512Unsafe()).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndex<TIndex>(Vector512<T> index, TIndex* destination, int count) where TIndex : unmanaged
    {
        if (count < Count) StoreSomeIndex(index, destination, count);
        else StoreIndex(index, destination);
    }

    private static void StoreSomeIndex<TIndex>(Vector512<T> index, TIndex* destination, int count) where TIndex : unmanaged
    {
        TIndex* all = stackalloc TIndex[Count];
        StoreIndex(index, all);
        for (int i = 0; i < count; i++) destination[i] = all[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreIndex<TIndex>(Vector512<T> index, TIndex* destination) where TIndex : unmanaged
    {
        if (sizeof(T) == sizeof(TIndex)) index.Store((T*)destination);
        else if (sizeof(T) == 4)
        {
            var (low, high) = Vector512.Widen(index.AsInt32());
            low.Store((long*)destination);
            high.Store((long*)destination + 8);
        }
        else NarrowLanes.Narrow(index.AsInt64(), Vector512<long>.Zero).GetLower().Store((int*)destination);
    }
}
