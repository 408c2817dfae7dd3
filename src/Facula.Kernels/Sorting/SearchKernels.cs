using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Binary search of many values in sorted rows; NaN counts as the largest.</summary>
public static unsafe class SearchKernels
{
    /// <summary>result[i] = the place of values[i] in its row (values share a row <paramref name="perRow"/> at a time); order, where given, sorts the row.</summary>
    public static void Find<T>(T* rows, long* order, long extent, T* values, long* result, long count, long perRow, bool right) where T : unmanaged, INumber<T>
    {
        var body = new Body<T> { Rows = rows, Order = order, Extent = extent, Values = values, Result = result, Count = count, PerRow = Math.Max(1, perRow), Right = right };
        WorkerPool.Run((int)((count + Body<T>.Chunk - 1) / Body<T>.Chunk), ref body);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, INumber<T>
    {
        internal const long Chunk = 4096;
        public T* Rows, Values;
        public long* Order, Result;
        public long Extent, Count, PerRow;
        public bool Right;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            for (long i = chunk * Chunk; i < Math.Min(Count, (chunk + 1) * Chunk); i++)
            {
                long start = i / PerRow * Extent;
                T value = Values[i];
                long low = 0, high = Extent;
                while (low < high)
                {
                    long middle = low + ((high - low) >> 1);
                    T at = Rows[start + (Order == null ? middle : Order[start + middle])];
                    bool before = Right ? !(at > value || (T.IsNaN(at) && !T.IsNaN(value))) : !(at >= value || T.IsNaN(at));
                    if (before) low = middle + 1;
                    else high = middle;
                }
                Result[i] = low;
            }
        }
    }
}
