using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Indexing by several index tensors at once: a list of offsets, each the start of a block of elements.</summary>
public static unsafe partial class PickKernels
{
    private const long PerChunk = 16 * 1024;

    /// <summary>destination[k·destinationStep …] = source[offsets[k] …], blocks of <paramref name="block"/> neighbouring elements.</summary>
    public static void Pick<T>(T* source, long* offsets, T* destination, long destinationStep, long count, long block) where T : unmanaged
    {
        var body = new PickBody<T> { Source = source, Offsets = offsets, Destination = destination, Step = destinationStep, Count = count, Block = block };
        body.Chunk = Math.Max(1, PointwiseGrain.Chunk(count, PerChunk / Math.Max(1, block)));
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    private struct PickBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Destination;
        public long* Offsets;
        public long Step, Count, Block, Chunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long k = chunk * Chunk, end = Math.Min(Count, k + Chunk), step = Step;
            T* source = Source, to = Destination + k * step;
            if (Block != 1)
            {
                bool far = RowCopy.IsFar<T>(Count * Block);
                for (; k < end; k++, to += step) RowCopy.Run(source + Offsets[k], to, Block, far);
                return;
            }
            // Four at a time, so that the misses of the cache overlap.
            for (; k <= end - 4; k += 4, to += 4 * step)
            {
                T a = source[Offsets[k]], b = source[Offsets[k + 1]], c = source[Offsets[k + 2]], d = source[Offsets[k + 3]];
                to[0] = a;
                to[step] = b;
                to[2 * step] = c;
                to[3 * step] = d;
            }
            for (; k < end; k++, to += step) *to = source[Offsets[k]];
        }
    }

    /// <summary>destination[offsets[k] …] = values[k·valueStep …], blocks of neighbouring elements; of equal offsets the last wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Put<T>(T* destination, long* offsets, T* values, long valueStep, long count, long block) where T : unmanaged
    {
        if (block == 1)
            for (long k = 0; k < count; k++) destination[offsets[k]] = values[k * valueStep];
        else
        {
            bool far = RowCopy.IsFar<T>(count * block);
            for (long k = 0; k < count; k++) RowCopy.Run(values + k * valueStep, destination + offsets[k], block, far);
        }
    }

    /// <summary>destination[offsets[k] …] += values[k·valueStep …], blocks of neighbouring elements, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PutAdd<T>(T* destination, long* offsets, T* values, long valueStep, long count, long block) where T : unmanaged, INumberBase<T>
    {
        for (long k = 0; k < count; k++)
        {
            T* to = destination + offsets[k], from = values + k * valueStep;
            long i = 0;
            if (Vector512<T>.IsSupported)
                for (; i <= block - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
            for (; i < block; i++) to[i] += from[i];
        }
    }

    /// <summary>
    /// offsets[k] += index[k]·stride, or = where they are not to be added to, negative indices counting from the end; answers the first index
    /// that is out of range, or null.
    /// </summary>
    public static long? AddOffsets(long* index, long* offsets, long count, long extent, long stride, bool accumulate = true)
    {
        int isWrong = 0;
        var body = new OffsetsBody { Index = index, Offsets = offsets, Count = count, Extent = extent, Stride = stride, Accumulates = accumulate, IsWrong = &isWrong };
        body.Chunk = PointwiseGrain.Chunk(count, PerChunk);
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
        // Only a list that is wrong is looked through once more.
        for (long k = 0; isWrong != 0 && k < count; k++)
            if (index[k] < -extent || index[k] >= extent) return index[k];
        return null;
    }

    private struct OffsetsBody : IParallelBody
    {
        public long* Index, Offsets;
        public long Count, Extent, Stride, Chunk;
        public bool Accumulates;
        public int* IsWrong;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long k = chunk * Chunk, end = Math.Min(Count, k + Chunk);
            Vector512<long> step = Vector512.Create(Stride), size = Vector512.Create(Extent), wrong = default;
            for (; k <= end - 8; k += 8)
            {
                Vector512<long> at = Vector512.Load(Index + k);
                Vector512<long> negative = Vector512.LessThan(at, Vector512<long>.Zero);
                at += size & negative;
                wrong |= Vector512.LessThan(at, Vector512<long>.Zero) | Vector512.GreaterThanOrEqual(at, size);
                if (Stride != 1) at *= step;
                (Accumulates ? Vector512.Load(Offsets + k) + at : at).Store(Offsets + k);
            }
            bool isWrong = wrong != Vector512<long>.Zero;
            for (; k < end; k++)
            {
                long at = Index[k] < 0 ? Index[k] + Extent : Index[k];
                isWrong |= (ulong)at >= (ulong)Extent;
                Offsets[k] = (Accumulates ? Offsets[k] : 0) + at * Stride;
            }
            if (isWrong) Volatile.Write(ref *IsWrong, 1);
        }
    }

    /// <summary>Number of true bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CountTrue(byte* mask, long count)
    {
        long total = 0, i = 0;
        for (; i <= count - 64; i += 64)
            total += 64 - BitOperations.PopCount(Vector512.Equals(Vector512.Load(mask + i), Vector512<byte>.Zero).ExtractMostSignificantBits());
        for (; i < count; i++) total += mask[i] != 0 ? 1 : 0;
        return total;
    }

    /// <summary>Of places in ascending order: remainders[k · step] = place % extent, and the place becomes place / extent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SplitPositions(long* places, long* remainders, long step, long count, long extent)
    {
        long quotient = 0, start = 0;
        for (long k = 0; k < count; k++)
        {
            // Most stand in the row of the one before or in the next one; a division takes as long as several of them.
            long at = places[k] - start;
            if (at >= extent)
            {
                long rows = at < 2 * extent ? 1 : at / extent;
                quotient += rows;
                start += rows * extent;
                at -= rows * extent;
            }
            places[k] = quotient;
            remainders[k * step] = at;
        }
    }

    /// <summary>The places of true bytes in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Positions(byte* mask, long count, long* positions)
    {
        long i = 0;
        for (; i <= count - 64; i += 64)
        {
            ulong bits = ~Vector512.Equals(Vector512.Load(mask + i), Vector512<byte>.Zero).ExtractMostSignificantBits();
            while (bits != 0)
            {
                *positions++ = i + BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
            }
        }
        for (; i < count; i++)
            if (mask[i] != 0) *positions++ = i;
    }
}
