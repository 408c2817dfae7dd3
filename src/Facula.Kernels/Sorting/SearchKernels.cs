using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        // Up to here all of a row is compared at once.
        private const int Short = 64;
        // Searches that go on side by side, so that one does not wait for another's memory.
        private const int Group = 8;
        public T* Rows, Values;
        public long* Order, Result;
        public long Extent, Count, PerRow;
        public bool Right;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            T* held = stackalloc T[Short + Vector512<byte>.Count];
            long heldStart = -1;
            long end = Math.Min(Count, (chunk + 1) * Chunk);
            for (long i = chunk * Chunk; i < end; i++)
            {
                long start = i / PerRow * Extent;
                if (Order == null && Extent > Short && i <= end - Group && start == (i + Group - 1) / PerRow * Extent && FindGroup(Rows + start, Values + i, Result + i))
                {
                    i += Group - 1;
                    continue;
                }
                T value = Values[i];
                if (Order == null && !T.IsNaN(value) && Extent <= Short && Vector512<T>.IsSupported)
                {
                    if (start != heldStart) Hold(Rows + (heldStart = start), held);
                    Result[i] = CountHeld(held, value);
                    continue;
                }
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

        /// <summary>Copies a row and fills it up with copies of its end, which a count then leaves out.</summary>
        private readonly void Hold(T* row, T* held)
        {
            for (long i = 0; i < Extent; i++) held[i] = row[i];
            for (long i = Extent; i < Short + Vector512<T>.Count; i++) held[i] = Extent > 0 ? row[Extent - 1] : T.Zero;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly long CountHeld(T* held, T value)
        {
            Vector512<T> wanted = Vector512.Create(value);
            long count = 0;
            for (long i = 0; i < Extent; i += Vector512<T>.Count)
            {
                Vector512<T> row = Vector512.Load(held + i);
                Vector512<T> before = Right ? Vector512.LessThanOrEqual(row, wanted) : Vector512.LessThan(row, wanted);
                count += BitOperations.PopCount(before.ExtractMostSignificantBits());
            }
            return Math.Min(count, Extent);
        }

        /// <summary>Searches for a group of values; false where one of them is not a number. Halves are taken without a branch, which would be a guess each time.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly bool FindGroup(T* row, T* values, long* result)
        {
            for (int k = 0; k < Group; k++)
            {
                if (T.IsNaN(values[k])) return false;
                result[k] = 0;
            }
            for (long extent = Extent; extent > 1; extent -= extent >> 1)
            {
                long half = extent >> 1;
                T* middle = row + half - 1;
                for (int k = 0; k < Group; k++) result[k] += half & -Before(middle[result[k]], values[k]);
            }
            for (int k = 0; k < Group; k++) result[k] += Before(row[result[k]], values[k]);
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly long Before(T at, T value)
        {
            bool before = Right ? at <= value : at < value;
            return Unsafe.As<bool, byte>(ref before);
        }
    }
}
