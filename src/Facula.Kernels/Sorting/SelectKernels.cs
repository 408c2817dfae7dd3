using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// Choosing the first k of a line. Among equal elements the choice follows the same steps as the C++ library's heap selection,
/// introspective selection and sort, so that indices agree with PyTorch's even where values tie.
/// </summary>
public static unsafe partial class SelectKernels
{
    private struct Pair
    {
        public ulong Key;
        public long Place;
    }

    /// <summary>The k largest (or smallest) elements of each row with their places, best first.</summary>
    public static void TopK<T>(T* source, T* values, long* indices, long rows, long count, long k, bool largest, bool sorted) where T : unmanaged
    {
        long perChunk = Math.Max(1, 4096 / Math.Max(1, count));
        var body = new TopKBody<T> { Source = source, Values = values, Indices = indices, Rows = rows, PerChunk = perChunk, Count = count, K = k, Largest = largest, Sorted = sorted };
        WorkerPool.Run((int)((rows + perChunk - 1) / perChunk), ref body);
    }

    private struct TopKBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Values;
        public long* Indices;
        public long Rows, PerChunk, Count, K;
        public bool Largest, Sorted;

        public readonly void Run(int chunk)
        {
            // PyTorch keeps a heap of the few and partitions for the many; without ties both give the same in order.
            bool few = K * 64 <= Count, heap = few || (Sorted && K <= 128 && K * 4 <= Count), isDistinct = true;
            using Scratch scratch = Scratch.Rent<Pair>(few ? K : Count);
            Pair* pairs = (Pair*)scratch.Pointer;
            for (long row = chunk * PerChunk; row < Math.Min(Rows, (chunk + 1) * PerChunk); row++)
            {
                T* source = Source + row * Count;
                // Where a row had ties, the next has them too, and the heap would be for nothing.
                isDistinct = Choose(source, pairs, few, heap && (few || isDistinct));
                T* values = Values + row * K;
                long* indices = Indices + row * K;
                for (long i = 0; i < K; i++)
                {
                    indices[i] = pairs[i].Place;
                    values[i] = source[pairs[i].Place];
                }
            }
        }

        // Answers whether the heap's choice was enough.
        private readonly bool Choose(T* source, Pair* pairs, bool few, bool heap)
        {
            ulong flip = Largest ? ulong.MaxValue : 0;
            if (heap)
            {
                if (TryFew(source, pairs, Count, K, flip)) return true;
                Fill(source, pairs, K, flip);
                HeapScan(source, pairs, Count, K, flip);
                if (few || AreDistinct(source, pairs, Count, K)) return true;
            }
            Fill(source, pairs, Count, flip);
            if (K > 0) NthElement(pairs, K - 1, Count);
            if (Sorted && K > 1) Sort(pairs, K - 1);
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill<T>(T* source, Pair* pairs, long count, ulong flip) where T : unmanaged
    {
        for (long i = 0; i < count; i++) pairs[i] = new Pair { Key = OrderedKey.Of64(source[i]) ^ flip, Place = i };
    }

    // Only what beats the worst of the k enters the heap; the rest is compared a vector at a time, where there are vectors of the type.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HeapScan<T>(T* source, Pair* heap, long count, long k, ulong flip) where T : unmanaged
    {
        if (k == 0) return;
        MakeHeap(heap, k);
        long i = k;
        if (Vector512<T>.IsSupported)
        {
            int lanes = Vector512<T>.Count;
            ulong all = ulong.MaxValue >> (64 - lanes);
            Vector512<T> worst = Vector512.Create(source[heap->Place]);
            for (; i <= count - lanes; i += lanes)
            {
                // Not "no better" holds for NaN too.
                Vector512<T> x = Vector512.Load(source + i);
                ulong better = ~(flip != 0 ? Vector512.LessThanOrEqual(x, worst) : Vector512.GreaterThanOrEqual(x, worst)).ExtractMostSignificantBits() & all;
                if (better == 0) continue;
                for (; better != 0; better &= better - 1) Offer(i + BitOperations.TrailingZeroCount(better), source, heap, k, flip);
                worst = Vector512.Create(source[heap->Place]);
            }
        }
        for (; i < count; i++) Offer(i, source, heap, k, flip);
        SortHeap(heap, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer<T>(long place, T* source, Pair* heap, long k, ulong flip) where T : unmanaged
    {
        ulong key = OrderedKey.Of64(source[place]) ^ flip;
        if (key < heap->Key) AdjustHeap(heap, 0, k, new Pair { Key = key, Place = place });
    }

    /// <summary>Whether no two of the chosen are equal and the worst of them has no equal among the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreDistinct<T>(T* source, Pair* chosen, long count, long k) where T : unmanaged
    {
        for (long i = 1; i < k; i++)
            if (chosen[i].Key == chosen[i - 1].Key) return false;
        if (k == 0) return true;
        T value = source[chosen[k - 1].Place];
        ulong worst = OrderedKey.Of64(value);
        long equal = 0, at = 0;
        if (Vector512<T>.IsSupported)
        {
            // NaN equals nothing here, so that a chosen one would be missed.
            Vector512<T> wanted = Vector512.Create(value);
            if (!Vector512.EqualsAll(wanted, wanted)) return false;
            for (; at <= count - Vector512<T>.Count; at += Vector512<T>.Count)
                equal += BitOperations.PopCount(Vector512.Equals(Vector512.Load(source + at), wanted).ExtractMostSignificantBits());
        }
        for (; at < count; at++) equal += OrderedKey.Of64(source[at]) == worst ? 1 : 0;
        return equal == 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MakeHeap(Pair* heap, long count)
    {
        if (count < 2) return;
        for (long parent = (count - 2) / 2; parent >= 0; parent--) AdjustHeap(heap, parent, count, heap[parent]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdjustHeap(Pair* heap, long hole, long count, Pair value)
    {
        long top = hole, child = hole;
        while (child < (count - 1) / 2)
        {
            child = 2 * (child + 1);
            if (heap[child].Key < heap[child - 1].Key) child--;
            heap[hole] = heap[child];
            hole = child;
        }
        if ((count & 1) == 0 && child == (count - 2) / 2)
        {
            child = 2 * (child + 1);
            heap[hole] = heap[child - 1];
            hole = child - 1;
        }
        long parent = (hole - 1) / 2;
        while (hole > top && heap[parent].Key < value.Key)
        {
            heap[hole] = heap[parent];
            hole = parent;
            parent = (hole - 1) / 2;
        }
        heap[hole] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortHeap(Pair* heap, long count)
    {
        for (long last = count - 1; last > 0; last--)
        {
            Pair value = heap[last];
            heap[last] = heap[0];
            AdjustHeap(heap, 0, last, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HeapSelect(Pair* pairs, long middle, long count)
    {
        MakeHeap(pairs, middle);
        for (long i = middle; i < count; i++)
        {
            if (pairs[i].Key >= pairs[0].Key) continue;
            Pair value = pairs[i];
            pairs[i] = pairs[0];
            AdjustHeap(pairs, 0, middle, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NthElement(Pair* pairs, long nth, long count)
    {
        long first = 0, last = count;
        int depth = 2 * BitOperations.Log2((ulong)count);
        while (last - first > 3)
        {
            if (depth-- == 0)
            {
                HeapSelect(pairs + first, nth + 1 - first, last - first);
                Swap(pairs + first, pairs + nth);
                return;
            }
            long cut = first + Partition(pairs + first, last - first);
            if (cut <= nth) first = cut;
            else last = cut;
        }
        Insertion(pairs + first, last - first);
    }

    private static void Sort(Pair* pairs, long count)
    {
        if (count < 2) return;
        SortLoop(pairs, count, 2 * BitOperations.Log2((ulong)count));
        Insertion(pairs, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortLoop(Pair* pairs, long count, int depth)
    {
        while (count > 16)
        {
            if (depth-- == 0)
            {
                MakeHeap(pairs, count);
                SortHeap(pairs, count);
                return;
            }
            long cut = Partition(pairs, count);
            SortLoop(pairs + cut, count - cut, depth);
            count = cut;
        }
    }

    // The median of second, middle and last goes to the front as the pivot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Partition(Pair* pairs, long count)
    {
        Pair* a = pairs + 1, b = pairs + count / 2, c = pairs + count - 1;
        Pair* median = a->Key < b->Key
            ? b->Key < c->Key ? b : a->Key < c->Key ? c : a
            : a->Key < c->Key ? a : b->Key < c->Key ? c : b;
        Swap(pairs, median);
        ulong pivot = pairs->Key;
        long first = 1, last = count;
        while (true)
        {
            while (pairs[first].Key < pivot) first++;
            last--;
            while (pivot < pairs[last].Key) last--;
            if (first >= last) return first;
            Swap(pairs + first, pairs + last);
            first++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insertion(Pair* pairs, long count)
    {
        for (long i = 1; i < count; i++)
        {
            Pair pair = pairs[i];
            long j = i;
            for (; j > 0 && pair.Key < pairs[j - 1].Key; j--) pairs[j] = pairs[j - 1];
            pairs[j] = pair;
        }
    }

    /// <summary>The k-th smallest (from 0) element of each row and its place, by Hoare's selection with a median of three.</summary>
    public static void Kth<T>(T* source, T* values, long* indices, long rows, long count, long k) where T : unmanaged
    {
        var body = new KthBody<T> { Source = source, Values = values, Indices = indices, Rows = rows, PerChunk = RankKernels.RowsPerChunk(count), Count = count, K = k };
        WorkerPool.Run((int)((rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct KthBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Values;
        public long* Indices;
        public long Rows, PerChunk, Count, K;

        public readonly void Run(int chunk)
        {
            for (long row = chunk * PerChunk; row < Math.Min(Rows, (chunk + 1) * PerChunk); row++) Choose(row);
        }

        private readonly void Choose(long row)
        {
            T* source = Source + row * Count;
            long place = RankKernels.PlaceIfUnique(source, Count, K);
            if (place < 0)
            {
                using Scratch scratch = Scratch.Rent<Pair>(Count);
                Pair* pairs = (Pair*)scratch.Pointer;
                Fill(source, pairs, Count, 0);
                QuickSelect(pairs, Count, K);
                place = pairs[K].Place;
            }
            Indices[row] = place;
            Values[row] = source[place];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void QuickSelect(Pair* a, long count, long k)
    {
        long left = 0, right = count - 1;
        while (right > left)
        {
            if (right == left + 1)
            {
                if (a[left].Key > a[right].Key) Swap(a + left, a + right);
                return;
            }
            Swap(a + ((left + right) >> 1), a + left + 1);
            if (a[left + 1].Key > a[right].Key) Swap(a + left + 1, a + right);
            if (a[left].Key > a[right].Key) Swap(a + left, a + right);
            if (a[left + 1].Key > a[left].Key) Swap(a + left + 1, a + left);
            long i = left + 1, j = right;
            ulong pivot = a[left].Key;
            while (true)
            {
                do i++; while (pivot > a[i].Key);
                do j--; while (a[j].Key > pivot);
                if (j < i) break;
                Swap(a + i, a + j);
            }
            Swap(a + left, a + j);
            if (j <= k) left = i;
            if (j >= k) right = j - 1;
        }
    }

    private static void Swap(Pair* a, Pair* b) => (*a, *b) = (*b, *a);
}
