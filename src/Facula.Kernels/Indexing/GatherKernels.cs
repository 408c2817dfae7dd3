using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Gather and scatter along one dimension: every element of the index tensor names a place along <c>dim</c>.</summary>
public static unsafe class GatherKernels
{
    /// <summary>The geometry: the index's shape, and the strides of the indexed tensor (<paramref name="data"/>), the index and the values.</summary>
    public readonly ref struct Plan(ReadOnlySpan<long> shape, ReadOnlySpan<long> data, ReadOnlySpan<long> index, ReadOnlySpan<long> values, int dim, long extent)
    {
        public readonly ReadOnlySpan<long> Shape = shape, Data = data, Index = index, Values = values;
        public readonly int Dim = dim;
        public readonly long Extent = extent;
    }

    /// <summary>values[…, i, …] = data[…, index[…, i, …], …].</summary>
    public static void Gather<T>(in Plan plan, T* data, long* index, T* values) where T : unmanaged
    {
        long* room = stackalloc long[4 * plan.Shape.Length];
        var body = new GatherBody<T> { Data = data, Index = index, Values = values, Lines = new LineSet(plan, room, cuts: true) };
        WorkerPool.Run(body.Lines.Chunks, ref body);
    }

    /// <summary>data[…, index[…, i, …], …] = op(that, values[…, i, …]), in row-major order of the index.</summary>
    public static void Scatter<TOp, T>(in Plan plan, T* data, long* index, T* values)
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        long* room = stackalloc long[4 * plan.Shape.Length];
        var body = new ScatterBody<TOp, T> { Data = data, Index = index, Values = values, Lines = new LineSet(plan, room, cuts: false) };
        // Along the last dimension lines are independent; along another they meet, so that one thread keeps the order.
        if (plan.Dim == plan.Shape.Length - 1) WorkerPool.Run(body.Lines.Chunks, ref body);
        else for (int chunk = 0; chunk < body.Lines.Chunks; chunk++) body.Run(chunk);
    }

    /// <summary>The lines along the last dimension of the index, and what a step along them is in each of the three.</summary>
    private readonly struct LineSet
    {
        private const long PerChunk = 16 * 1024;

        private readonly RowPlan _rows;
        private readonly int _dim;
        // Numbers that are looked at just before they are used.
        internal const long Piece = 1024;

        internal readonly long Extent, DimStride, DataStep, IndexStep, ValueStep;

        /// <summary>
        /// <paramref name="room"/> is for the shape and the strides of the values, of the data but for the dimension, and of the index; extents of 1 are left out.
        /// Lines whose elements may meet must not be cut.
        /// </summary>
        internal LineSet(in Plan plan, long* room, bool cuts)
        {
            int rank = 0, at = 0;
            long count = 1;
            foreach (long extent in plan.Shape)
            {
                count *= extent;
                if (extent != 1) room[rank++] = extent;
            }
            long* shape = room, strides = room + rank;
            for (int i = 0; i < plan.Shape.Length; i++)
            {
                if (plan.Shape[i] == 1) continue;
                strides[at] = plan.Values[i];
                strides[rank + at] = i == plan.Dim ? 0 : plan.Data[i];
                strides[2 * rank + at++] = plan.Index[i];
            }
            (_dim, Extent, DimStride) = (plan.Dim, plan.Extent, plan.Data[plan.Dim]);
            if (count == 0) return;
            _rows = new RowPlan(shape, strides, rank, 3, count, cuts ? PerChunk : Math.Max(PerChunk, rank == 0 ? 1 : shape[rank - 1]));
            (ValueStep, DataStep, IndexStep, Chunks) = (_rows.Step(0), _rows.Step(1), _rows.Step(2), _rows.Chunks);
        }

        internal readonly int Chunks;

        internal RowPlan.Rows Open(int chunk, long* index) => _rows.Open(chunk, index);

        internal int Rank => _rows.Rank;

        /// <summary>Throws for the first number of a line that is out of range.</summary>
        internal void Check(long* index, long count)
        {
            if (IndexStep == 1 && RowKernels.IsInRange(index, count, Extent)) return;
            for (long i = 0; i < count; i++)
            {
                long at = index[i * IndexStep];
                if ((ulong)at >= (ulong)Extent) throw new IndexRangeException($"index {at} is out of bounds for dimension {_dim} with size {Extent}");
            }
        }
    }

    private struct GatherBody<T> : IParallelBody where T : unmanaged
    {
        public T* Data, Values;
        public long* Index;
        public LineSet Lines;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long* counters = stackalloc long[Lines.Rank + 1];
            RowPlan.Rows rows = Lines.Open(chunk, counters);
            do
            {
                long* index = Index + rows.Second;
                for (long i = 0; i < rows.Count; i += LineSet.Piece)
                {
                    long count = Math.Min(LineSet.Piece, rows.Count - i), at = i * Lines.IndexStep;
                    T* data = Data + rows.First + i * Lines.DataStep, values = Values + rows.Result + i * Lines.ValueStep;
                    Lines.Check(index + at, count);
                    if (Lines is { DataStep: 0, DimStride: 1, IndexStep: 1, ValueStep: 1 }) RowKernels.Elements(data, index + at, values, count);
                    else Line(data, index + at, values, count);
                }
            }
            while (rows.Next());
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line(T* data, long* index, T* values, long count)
        {
            long stride = Lines.DimStride, dataStep = Lines.DataStep, indexStep = Lines.IndexStep, valueStep = Lines.ValueStep;
            for (long i = 0; i < count; i++, index += indexStep, data += dataStep, values += valueStep) *values = data[*index * stride];
        }
    }

    private struct ScatterBody<TOp, T> : IParallelBody
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        public T* Data, Values;
        public long* Index;
        public LineSet Lines;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long* counters = stackalloc long[Lines.Rank + 1];
            RowPlan.Rows rows = Lines.Open(chunk, counters);
            do
            {
                long* index = Index + rows.Second;
                for (long i = 0; i < rows.Count; i += LineSet.Piece)
                {
                    long count = Math.Min(LineSet.Piece, rows.Count - i), at = i * Lines.IndexStep;
                    Lines.Check(index + at, count);
                    Line(Data + rows.First + i * Lines.DataStep, index + at, Values + rows.Result + i * Lines.ValueStep, count);
                }
            }
            while (rows.Next());
        }

        private const long Near = 16 << 10, Ahead = 16;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line(T* data, long* index, T* values, long count)
        {
            long stride = Lines.DimStride, dataStep = Lines.DataStep, indexStep = Lines.IndexStep, valueStep = Lines.ValueStep;
            if (dataStep == 0 && stride == 1 && indexStep == 1 && valueStep == 1)
            {
                long i = 0;
                if (typeof(TOp) == typeof(CombineReplace))
                {
                    // A store does not wait for its line, but those behind it do.
                    for (bool far = Sse.IsSupported && Lines.Extent * sizeof(T) > Near; far && i < count - Ahead; i++)
                    {
                        Sse.Prefetch0(data + index[i + Ahead]);
                        data[index[i]] = values[i];
                    }
                    for (; i <= count - 4; i += 4)
                    {
                        long a = index[i], b = index[i + 1], c = index[i + 2], d = index[i + 3];
                        T x = values[i], y = values[i + 1], z = values[i + 2], w = values[i + 3];
                        data[a] = x;
                        data[b] = y;
                        data[c] = z;
                        data[d] = w;
                    }
                }
                for (; i < count; i++)
                {
                    T* place = data + index[i];
                    *place = TOp.Invoke(*place, values[i]);
                }
                return;
            }
            for (long i = 0; i < count; i++, index += indexStep, data += dataStep, values += valueStep)
            {
                T* place = data + *index * stride;
                *place = TOp.Invoke(*place, *values);
            }
        }
    }
}

/// <summary>An index of a gather or scatter is out of range: the caller turns it into its own exception.</summary>
public sealed class IndexRangeException(string message) : Exception(message);
