using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Sums and maxima of rows of a table: bag b has the rows numbers[starts[b]] … numbers[starts[b + 1] − 1].</summary>
public static unsafe class BagKernels
{
    private const long ElementsPerChunk = 16 * 1024;

    /// <summary>destination[b, :] = Σ weight[i] · table[numbers[i], :] over the bag; without weights they are 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T>(T* table, long rows, long columns, long* numbers, long count, long* starts, long bags, T* weights, T* destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = 0; i < count; i++)
            if ((ulong)numbers[i] >= (ulong)rows) throw new IndexOutOfRangeException("index out of range in self");
        var body = new Body<T> { Table = table, Columns = (nint)columns, Numbers = numbers, Starts = starts, Bags = bags, Weights = weights, Destination = destination };
        // Bags of one size are the common case; a chunk has about as many elements as its average bags.
        body.PerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, columns * Math.Max(1, count / Math.Max(1, bags))));
        WorkerPool.Run((int)((bags + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>table[numbers[i], :] += weight[i] · gradient[b, :] for the numbers of each bag; without weights they are 1. Numbers are in range.</summary>
    public static void Scatter<T>(T* table, long columns, long* numbers, long* starts, long bags, T* weights, T* gradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Bags may name the same row: not they are shared out, but the columns.
        var body = new ScatterBody<T> { Table = table, Columns = columns, Numbers = numbers, Starts = starts, Bags = bags, Weights = weights, Gradient = gradient };
        body.PerChunk = starts[bags] * columns < ElementsPerChunk ? columns : ScatterBody<T>.Most;
        WorkerPool.Run((int)((columns + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>places[b, :] = the row of the table that holds the largest element of each column, the first of equals; row 0 where a bag is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Largest<T>(T* table, long rows, long columns, long* numbers, long count, long* starts, long bags, long* places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = 0; i < count; i++)
            if ((ulong)numbers[i] >= (ulong)rows) throw new IndexOutOfRangeException("index out of range in self");
        var body = new LargestBody<T> { Table = table, Columns = columns, Numbers = numbers, Starts = starts, Bags = bags, Places = places };
        body.PerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, columns * Math.Max(1, count / Math.Max(1, bags))));
        WorkerPool.Run((int)((bags + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct LargestBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Table;
        public long* Numbers, Starts, Places;
        public long Columns, Bags, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Bags, (chunk + 1) * PerChunk);
            int lanes = Vector512<T>.Count;
            T* within = stackalloc T[lanes];
            for (long bag = chunk * PerChunk; bag < last; bag++)
            {
                long* own = Numbers + Starts[bag], to = Places + bag * Columns;
                long count = Starts[bag + 1] - Starts[bag], j = 0;
                if (count == 0)
                {
                    for (; j < Columns; j++) to[j] = 0;
                    continue;
                }
                // The place in the bag is counted in the elements' type, where it is exact.
                for (; count < 1 << 24 && j <= Columns - lanes; j += lanes)
                {
                    Vector512<T> largest = Vector512.Load(Table + own[0] * Columns + j), place = default;
                    for (long i = 1; i < count; i++)
                    {
                        Vector512<T> x = Vector512.Load(Table + own[i] * Columns + j), above = Vector512.GreaterThan(x, largest);
                        largest = Vector512.ConditionalSelect(above, x, largest);
                        place = Vector512.ConditionalSelect(above, Vector512.Create(T.CreateTruncating(i)), place);
                    }
                    place.Store(within);
                    for (int lane = 0; lane < lanes; lane++) to[j + lane] = own[int.CreateTruncating(within[lane])];
                }
                for (; j < Columns; j++)
                {
                    long best = 0;
                    for (long i = 1; i < count; i++)
                        if (Table[own[i] * Columns + j] > Table[own[best] * Columns + j]) best = i;
                    to[j] = own[best];
                }
            }
        }
    }

    private struct ScatterBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public const long Most = 64;

        public T* Table, Weights, Gradient;
        public long* Numbers, Starts;
        public long Columns, Bags, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = chunk * PerChunk, last = Math.Min(Columns, first + PerChunk);
            for (long bag = 0; bag < Bags; bag++)
            {
                T* from = Gradient + bag * Columns;
                for (long i = Starts[bag]; i < Starts[bag + 1]; i++)
                {
                    T* to = Table + Numbers[i] * Columns;
                    T weight = Weights == null ? T.One : Weights[i];
                    Vector512<T> factor = Vector512.Create(weight);
                    long j = first;
                    for (; j <= last - Vector512<T>.Count; j += Vector512<T>.Count) (Vector512.Load(to + j) + Vector512.Load(from + j) * factor).Store(to + j);
                    for (; j < last; j++) to[j] += from[j] * weight;
                }
            }
        }
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Table, Weights, Destination;
        public nint Columns;
        public long* Numbers, Starts;
        public long Bags, PerChunk;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Bags, (chunk + 1) * PerChunk);
            for (long bag = chunk * PerChunk; bag < last; bag++)
            {
                T* to = Destination + bag * Columns;
                BorderedPlane.Clear(to, Columns);
                for (long i = Starts[bag]; i < Starts[bag + 1]; i++) Add(Table + Numbers[i] * Columns, Weights == null ? T.One : Weights[i], to);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Add(T* row, T weight, T* sum)
        {
            nint i = 0;
            var factor = Vector256.Create(weight);
            for (; i + Vector256<T>.Count <= Columns; i += Vector256<T>.Count)
                (Vector256.Load(sum + i) + Vector256.Load(row + i) * factor).Store(sum + i);
            for (; i < Columns; i++) sum[i] += row[i] * weight;
        }
    }
}
