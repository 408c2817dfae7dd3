using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>log Σ eˣ along the middle of three dimensions (outer × count × inner, row-major), without overflow.</summary>
public static unsafe class LogSumExp
{
    /// <summary>Elements of a long row that are one unit of work.</summary>
    private const long Part = 1 << 16;

    /// <summary>destination[outer, inner] = log Σ e^source[outer, ·, inner]; <paramref name="count"/> is not zero.</summary>
    public static void Run<T>(T* source, long outer, long count, long inner, T* destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outer * inner == 0) return;
        if (inner == 1 && count >= 2 * Part)
        {
            LongRows(source, outer, count, destination);
            return;
        }
        var body = new Body<T> { Source = source, Destination = destination, Count = count, Inner = inner, Plan = LinePlan.Of<T>(outer, count, inner) };
        WorkerPool.Run(body.Plan.Chunks, ref body);
    }

    // The logarithms of the parts' sums are numbers of the same kind as the elements.
    private static void LongRows<T>(T* source, long outer, long count, T* destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long parts = (count + Part - 1) / Part;
        using Scratch room = Scratch.Rent<T>(outer * parts);
        var body = new PartsBody<T> { Source = source, Partials = (T*)room.Pointer, Count = count, Parts = parts };
        WorkerPool.Run((int)(outer * parts), ref body);
        for (long o = 0; o < outer; o++) destination[o] = Row(body.Partials + o * parts, parts);
    }

    // An infinite largest element is not taken off: ∞ − ∞ would be NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Row<T>(T* source, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = Softmax.Largest(source, count), shift = T.IsFinite(largest) ? largest : T.Zero;
        return shift + T.Log(Softmax.SumOfExponentials(source, count, shift));
    }

    private struct PartsBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Partials;
        public long Count, Parts;

        public readonly void Run(int index)
        {
            (long row, long part) = Math.DivRem(index, Parts);
            Partials[index] = Row(Source + row * Count + part * Part, Math.Min(Part, Count - part * Part));
        }
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Destination;
        public long Count, Inner;
        public LinePlan Plan;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long first, long last) = Plan.Tasks(chunk);
            using Scratch room = Plan.Room<T>(1);
            T* lines = (T*)room.Pointer;
            for (long task = first; task < last; task++)
            {
                (long at, long width) = Plan.Place(task);
                T* destination = Destination + at / (Count * Inner) * Inner + at % (Count * Inner);
                if (Plan.IsTiled) Tile(Source + at, (int)width, destination, lines);
                else if (Inner == 1) *destination = Row(Source + at, Count);
                else Columns(Source + at, width, destination, lines, lines + Softmax.Line);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Tile(T* source, int slices, T* destination, T* tile)
        {
            int lanes = Vector512<T>.Count;
            ShortRows.Turn(source, Count * Inner, slices, Count * Inner, tile);
            for (long j = 0; j < Inner; j++) Lanes(tile + j * lanes, Count, Inner * lanes);
            ShortRows.TurnBack(tile, Inner, slices, destination, Inner);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Lanes(T* tile, long count, long stride)
        {
            Vector512<T> largest = Softmax.LargestOfLanes(tile, count, stride);
            Vector512<T> shift = Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(largest), Vector512.Create(T.PositiveInfinity)), largest, default);
            (shift + SoftmaxLanes.Log(Softmax.ExponentialsOfLanes(tile, count, stride, shift))).Store(tile);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Columns(T* source, long width, T* destination, T* shift, T* sums)
        {
            Softmax.LargestOfColumns(source, Plan.Rows, Plan.Stride, width, shift, Plan.Rest);
            if (Inner < width) Softmax.JoinLargest(shift, width, Inner);
            for (long j = 0; j < width; j++)
                if (!T.IsFinite(shift[j])) shift[j] = T.Zero;
            Softmax.ExponentialsOfColumns<T>(source, null, Plan.Rows, Plan.Stride, width, shift, sums, null, Plan.Rest);
            if (Inner < width) Softmax.JoinSums(sums, width, Inner);
            long results = Math.Min(width, Inner);
            Softmax.Logarithms(sums, results);
            for (long j = 0; j < results; j++) destination[j] = shift[j] + sums[j];
        }
    }
}
