using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The largest element of each window, and where it was.</summary>
/// <remarks>As in PyTorch a NaN is larger than everything, and the index is that of the first largest element (of the last NaN) within its input plane.</remarks>
public static unsafe partial class MaxPooling
{
    /// <summary>Pools all planes; indices are int32 or int64, or null when nobody asks for them.</summary>
    public static void Forward<T, TIndex>(in PoolingShape shape, T* input, T* output, TIndex* indices)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var body = new PoolingForward<Row<T, TIndex>, T> { Windows = new PoolingWindows(shape), Row = new() { Output = output, Indices = indices }, Input = input };
        body.Run();
    }

    private struct Row<T, TIndex> : IPoolingRow<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public T* Output;
        public TIndex* Indices;
        private bool _pairs;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) => _pairs = width.ArePairs;

        /// <summary>Of values alone; which of several was the first, only a walk in order tells.</summary>
        public readonly bool HasLines => Indices == null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Rows(in PoolingRows<T> rows)
        {
            if (Indices != null && _pairs && rows.Stride == 2) PairsWithIndices(rows, Output, Indices);
            else if (Indices != null) RowsWithIndices(rows, Output, Indices);
            else if (rows.Stride == 1) PoolingForward<Row<T, TIndex>, T>.Store(default(Neighbours<T>), rows, Output);
            else if (_pairs) PoolingForward<Row<T, TIndex>, T>.Store(default(Pairs<T>), rows, Output);
            else PoolingForward<Row<T, TIndex>, T>.Store(default(EveryOther<T>), rows, Output);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RowsWithIndices(in PoolingRows<T> rows, T* output, TIndex* indices)
        {
            T* plane = rows.Plane;
            nint* taps = rows.Taps;
            nint rowStep = rows.RowStep, at = rows.At, writable = rows.Writable;
            int count = rows.TapCount, stride = rows.Stride, columns = rows.Columns, lanes = PoolingLanes<T>.Count;
            for (nint left = rows.Count, row = rows.From; left > 0; left--, row += rowStep, at += rows.OutputStep)
            {
                for (int column = 0; column < columns; column += lanes)
                {
                    // The last vector overlaps the one before; what a short row stores beyond its end, the next ones overwrite.
                    if (column + lanes > columns && columns >= lanes) column = columns - lanes;
                    nint from = row + column * (nint)stride;
                    Vector512<T> largest = Vector512.Create(T.NegativeInfinity), index = Vector512<T>.Zero;
                    for (int i = 0; i < count; i++)
                    {
                        T* source = plane + from + taps[i];
                        Vector512<T> value = stride == 1 ? Vector512.Load(source) : PoolingLanes<T>.LoadPairs(source).First;
                        Vector512<T> larger = Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value);
                        largest = Vector512.ConditionalSelect(larger, value, largest);
                        index = Vector512.ConditionalSelect(larger, PoolingLanes<T>.Index(taps[i]), index);
                    }
                    int some = columns >= lanes || at + lanes <= writable ? lanes : columns;
                    PoolingLanes<T>.StoreIndex(PoolingLanes<T>.AddIndex(index, PoolingLanes<T>.Sequence(from, stride)), indices + at + column, some);
                    PoolingLanes<T>.Store(largest, output + at + column, some);
                }
            }
        }

        // The larger of each pair first: these do not wait for one another, and a pair is loaded once.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void PairsWithIndices(in PoolingRows<T> rows, T* output, TIndex* indices)
        {
            nint* taps = rows.Taps;
            nint rowStep = rows.RowStep, at = rows.At, writable = rows.Writable;
            int count = rows.TapCount, columns = rows.Columns, lanes = PoolingLanes<T>.Count;
            for (nint left = rows.Count, row = rows.From; left > 0; left--, row += rowStep, at += rows.OutputStep)
            {
                for (int column = 0; column < columns; column += lanes)
                {
                    // The last vector overlaps the one before; what a short row stores beyond its end, the next ones overwrite.
                    if (column + lanes > columns && columns >= lanes) column = columns - lanes;
                    nint from = row + column * (nint)2;
                    T* source = rows.Plane + from;
                    var (largest, index) = LargerOfPair(source, taps[0]);
                    for (int i = 2; i < count; i += 2)
                    {
                        var (value, place) = LargerOfPair(source, taps[i]);
                        Vector512<T> larger = Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value);
                        largest = Vector512.ConditionalSelect(larger, value, largest);
                        index = Vector512.ConditionalSelect(larger, place, index);
                    }
                    int some = columns >= lanes || at + lanes <= writable ? lanes : columns;
                    if (Sse.IsSupported)
                    {
                        Sse.Prefetch0((byte*)(indices + at + column) + WideStore.Ahead);
                        Sse.Prefetch0((byte*)(output + at + column) + WideStore.Ahead);
                    }
                    PoolingLanes<T>.StoreIndex(PoolingLanes<T>.AddIndex(index, PoolingLanes<T>.Sequence(from, 2)), indices + at + column, some);
                    PoolingLanes<T>.Store(largest, output + at + column, some);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector512<T> Value, Vector512<T> Place) LargerOfPair(T* source, nint tap)
        {
            var (first, second) = PoolingLanes<T>.LoadPairs(source + tap);
            Vector512<T> larger = Vector512.GreaterThan(second, first) | ~Vector512.Equals(second, second);
            return (Vector512.ConditionalSelect(larger, second, first), Vector512.ConditionalSelect(larger, PoolingLanes<T>.Index(tap + 1), PoolingLanes<T>.Index(tap)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Down(T* source, nint* taps, int count, T* line) => default(Neighbours<T>).Of(source, taps, count).Store(line);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Across(T* line, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at)
        {
            T largest = T.NegativeInfinity;
            // No branch on what is larger: it could not be foretold.
            for (T* end = line + width.Start + width.Count * width.Step, value = line + width.Start; value < end; value += width.Step)
                largest = T.IsNaN(*value) ? *value : T.MaxNative(*value, largest);
            Output[at] = largest;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void One(PoolingWindows windows, T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at)
        {
            nint index = (depth.Start * windows.InputHeight + height.Start) * windows.InputWidth + width.Start;
            T largest = T.NegativeInfinity;
            for (int d = 0; d < depth.Count; d++)
            {
                for (int h = 0; h < height.Count; h++)
                {
                    nint place = ((depth.Start + d * depth.Step) * windows.InputHeight + height.Start + h * height.Step) * windows.InputWidth + width.Start;
                    for (int w = 0; w < width.Count; w++, place += width.Step)
                    {
                        T value = plane[place];
                        if (value > largest || T.IsNaN(value))
                        {
                            largest = value;
                            index = place;
                        }
                    }
                }
            }
            Output[at] = largest;
            if (Indices != null)
                Indices[at] = TIndex.CreateTruncating((long)index);
        }
    }

    private struct Neighbours<T> : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> largest = Vector512.Create(T.NegativeInfinity);
            for (int i = 0; i < count; i++) largest = VectorMath.Maximum(Vector512.Load(source + taps[i]), largest);
            return largest;
        }
    }

    private struct Pairs<T> : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> largest = Vector512.Create(T.NegativeInfinity);
            for (int i = 0; i < count; i += 2)
            {
                var (first, second) = PoolingLanes<T>.LoadPairs(source + taps[i]);
                largest = VectorMath.Maximum(second, VectorMath.Maximum(first, largest));
            }
            return largest;
        }
    }

    private struct EveryOther<T> : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> largest = Vector512.Create(T.NegativeInfinity);
            for (int i = 0; i < count; i++) largest = VectorMath.Maximum(PoolingLanes<T>.LoadPairs(source + taps[i]).First, largest);
            return largest;
        }
    }
}
