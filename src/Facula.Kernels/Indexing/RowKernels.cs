using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Moves whole rows by number: memory is (outer, extent, inner), row-major, and indices count along extent.</summary>
public static unsafe class RowKernels
{
    private const long ElementsPerChunk = 32 * 1024;

    /// <summary>destination[o, k, :] = source[o, index[k], :].</summary>
    public static void Select<T>(T* source, long* index, T* destination, long outer, long extent, long inner, long count) where T : unmanaged
    {
        if (!TrySelect(source, index, destination, outer, extent, inner, count)) ThrowRange();
    }

    /// <summary>The same, or false where an index is not in 0 … extent − 1; then part of the destination may be written.</summary>
    public static bool TrySelect<T>(T* source, long* index, T* destination, long outer, long extent, long inner, long count) where T : unmanaged
    {
        int isWrong = 0;
        var body = new SelectBody<T> { Source = source, Index = index, Destination = destination, Extent = extent, Inner = inner, Count = count, Rows = outer * count, IsWrong = &isWrong };
        // A list that is read once is checked piece by piece, just before it is used.
        if (outer != 1 && !IsInRange(index, count, extent)) return false;
        body.Checks = outer == 1;
        body.PerChunk = Math.Max(1, Math.Max(ElementsPerChunk / Math.Max(1, inner), (body.Rows + 63) / 64));
        WorkerPool.Run((int)((body.Rows + body.PerChunk - 1) / body.PerChunk), ref body);
        return isWrong == 0;
    }

    private struct SelectBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Destination;
        public long* Index;
        public long Extent, Inner, Count, Rows, PerChunk;
        public bool Checks;
        public int* IsWrong;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long row = chunk * PerChunk, end = Math.Min(Rows, row + PerChunk);
            if (Checks && !IsInRange(Index + row, end - row, Extent))
            {
                Volatile.Write(ref *IsWrong, 1);
                return;
            }
            long o = row / Count, k = row % Count, inner = Inner;
            T* to = Destination + row * inner;
            if (inner == 1)
            {
                while (row < end)
                {
                    long length = Math.Min(end - row, Count - k);
                    Elements(Source + o * Extent, Index + k, to, length);
                    row += length;
                    to += length;
                    k = 0;
                    o++;
                }
                return;
            }
            bool far = RowCopy.IsFar<T>(Rows * inner);
            for (; row < end; row++, to += inner)
            {
                RowCopy.Run(Source + (o * Extent + Index[k]) * inner, to, inner, far);
                if (++k < Count) continue;
                k = 0;
                o++;
            }
        }
    }

    /// <summary>to[i] = source[index[i]], four at a time, so that the misses of the cache overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Elements<T>(T* source, long* index, T* to, long count) where T : unmanaged
    {
        long i = 0;
        for (; i <= count - 4; i += 4)
        {
            T a = source[index[i]], b = source[index[i + 1]], c = source[index[i + 2]], d = source[index[i + 3]];
            to[i] = a;
            to[i + 1] = b;
            to[i + 2] = c;
            to[i + 3] = d;
        }
        for (; i < count; i++) to[i] = source[index[i]];
    }

    /// <summary>destination[o, index[k], :] = source[o, k, :]; of equal indices the last wins.</summary>
    public static void Write<T>(T* destination, long* index, T* source, long outer, long extent, long inner, long count) where T : unmanaged
    {
        CheckRange(index, count, extent);
        bool far = RowCopy.IsFar<T>(outer * count * inner);
        for (long o = 0; o < outer; o++)
            for (long k = 0; k < count; k++)
                RowCopy.Run(source + (o * count + k) * inner, destination + (o * extent + index[k]) * inner, inner, far);
    }

    /// <summary>0 counts[0] times, 1 counts[step] times, and so on, as many numbers as <paramref name="extent"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repeat(long* counts, long step, long extent, long* destination)
    {
        for (long i = 0; i < extent; i++, counts += step)
            for (long* end = destination + *counts; destination < end; destination++) *destination = i;
    }

    /// <summary>destination[o, index[k], :] = value.</summary>
    public static void Fill<T>(T* destination, long* index, T value, long outer, long extent, long inner, long count) where T : unmanaged
    {
        CheckRange(index, count, extent);
        if (inner == 1)
        {
            for (long o = 0; o < outer; o++, destination += extent)
                for (long k = 0; k < count; k++) destination[index[k]] = value;
            return;
        }
        for (long o = 0; o < outer; o++)
            for (long k = 0; k < count; k++)
                new Span<T>(destination + (o * extent + index[k]) * inner, checked((int)inner)).Fill(value);
    }

    /// <summary>destination[o, index[k], :] = op(destination[o, index[k], :], source[o, k, :]), in the order of k.</summary>
    public static void Combine<TOp, T>(T* destination, long* index, T* source, long outer, long extent, long inner, long count)
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        CheckRange(index, count, extent);
        // Chunks own columns, so that no two threads meet and the order of additions never changes.
        var body = new CombineBody<TOp, T> { Source = source, Index = index, Destination = destination, Extent = extent, Inner = inner, Count = count };
        body.Columns = inner < 128 || inner * count < ElementsPerChunk ? inner : Math.Max(64, (inner + 7) / 8);
        body.Parts = Math.Max(1, (inner + body.Columns - 1) / Math.Max(1, body.Columns));
        if (inner == 0) return;
        WorkerPool.Run((int)(outer * body.Parts), ref body);
    }

    private struct CombineBody<TOp, T> : IParallelBody
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        public T* Source, Destination;
        public long* Index;
        public long Extent, Inner, Count, Columns, Parts;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long o = chunk / Parts, start = chunk % Parts * Columns, width = Math.Min(Columns, Inner - start);
            T* from = Source + o * Count * Inner + start;
            T* to = Destination + o * Extent * Inner + start;
            if (Inner == 1)
            {
                for (long k = 0; k < Count; k++) to[Index[k]] = TOp.Invoke(to[Index[k]], from[k]);
                return;
            }
            for (long k = 0; k < Count; k++, from += Inner)
            {
                T* row = to + Index[k] * Inner;
                long i = 0;
                if (typeof(TOp) == typeof(CombineAdd) && Vector512<T>.IsSupported)
                    for (; i <= width - Vector512<T>.Count; i += Vector512<T>.Count)
                        (Vector512.Load(row + i) + Vector512.Load(from + i)).Store(row + i);
                if (typeof(TOp) == typeof(CombineMaximum) && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
                    for (; i <= width - Vector512<T>.Count; i += Vector512<T>.Count) VectorMath.Maximum(Vector512.Load(row + i), Vector512.Load(from + i)).Store(row + i);
                if (typeof(TOp) == typeof(CombineMinimum) && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
                    for (; i <= width - Vector512<T>.Count; i += Vector512<T>.Count) VectorMath.Minimum(Vector512.Load(row + i), Vector512.Load(from + i)).Store(row + i);
                for (; i < width; i++) row[i] = TOp.Invoke(row[i], from[i]);
            }
        }
    }

    private static void CheckRange(long* index, long count, long extent)
    {
        if (!IsInRange(index, count, extent)) ThrowRange();
    }

    private static void ThrowRange() => throw new IndexOutOfRangeException("index out of range in self");

    /// <summary>Whether all numbers lie in 0 … extent − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool IsInRange(long* index, long count, long extent)
    {
        long k = 0;
        if (count >= 16)
        {
            // Negative numbers are the largest when read without a sign.
            Vector512<ulong> largest = default, other = default;
            for (; k <= count - 16; k += 16)
            {
                largest = Vector512.Max(largest, Vector512.Load((ulong*)index + k));
                other = Vector512.Max(other, Vector512.Load((ulong*)index + k + 8));
            }
            if (!Vector512.LessThanAll(Vector512.Max(largest, other), Vector512.Create((ulong)extent))) return false;
        }
        for (; k < count; k++)
            if ((ulong)index[k] >= (ulong)extent) return false;
        return true;
    }
}

/// <summary>How a scattered value meets the one that is already there.</summary>
public interface ICombine
{
    static abstract T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T>;
}

/// <summary>The value replaces.</summary>
public readonly struct CombineReplace : ICombine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T> => value;
}

/// <summary>The value is added.</summary>
public readonly struct CombineAdd : ICombine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T> => current + value;
}

/// <summary>The value multiplies.</summary>
public readonly struct CombineMultiply : ICombine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T> => current * value;
}

/// <summary>The larger stays; NaN is the largest.</summary>
public readonly struct CombineMaximum : ICombine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T> =>
        typeof(T) == typeof(float) && Sse.IsSupported ? Ordered.KeepNaN(value, Sse.MaxScalar(Ordered.Lane<T, float>(value), Ordered.Lane<T, float>(current)))
        : typeof(T) == typeof(double) && Sse2.IsSupported ? Ordered.KeepNaN(value, Sse2.MaxScalar(Ordered.Lane<T, double>(value), Ordered.Lane<T, double>(current)))
        : T.IsNaN(current) ? current : T.IsNaN(value) || Ordered.IsLess(current, value) ? value : current;
}

/// <summary>The smaller stays; NaN is the smallest.</summary>
public readonly struct CombineMinimum : ICombine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T current, T value) where T : unmanaged, INumberBase<T> =>
        typeof(T) == typeof(float) && Sse.IsSupported ? Ordered.KeepNaN(value, Sse.MinScalar(Ordered.Lane<T, float>(value), Ordered.Lane<T, float>(current)))
        : typeof(T) == typeof(double) && Sse2.IsSupported ? Ordered.KeepNaN(value, Sse2.MinScalar(Ordered.Lane<T, double>(value), Ordered.Lane<T, double>(current)))
        : T.IsNaN(current) ? current : T.IsNaN(value) || Ordered.IsLess(value, current) ? value : current;
}

/// <summary>The order of the real types among the numbers.</summary>
file static class Ordered
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TLane> Lane<T, TLane>(T x) where T : unmanaged where TLane : unmanaged => Vector128.CreateScalarUnsafe(Unsafe.BitCast<T, TLane>(x));

    /// <summary>The extreme that the instruction answers, without a jump: its second operand, the current one, where either is NaN. So only a value that is NaN is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T KeepNaN<T, TLane>(T value, Vector128<TLane> extreme) where T : unmanaged, INumberBase<T> where TLane : unmanaged =>
        T.IsNaN(value) ? value : Unsafe.BitCast<TLane, T>(extreme.ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLess<T>(T x, T y) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return Unsafe.BitCast<T, float>(x) < Unsafe.BitCast<T, float>(y);
        if (typeof(T) == typeof(double)) return Unsafe.BitCast<T, double>(x) < Unsafe.BitCast<T, double>(y);
        if (typeof(T) == typeof(long)) return Unsafe.BitCast<T, long>(x) < Unsafe.BitCast<T, long>(y);
        return Comparer<T>.Default.Compare(x, y) < 0;
    }
}
