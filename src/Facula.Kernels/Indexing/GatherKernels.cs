using System.Numerics;
using System.Runtime.CompilerServices;

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
        fixed (long* shape = plan.Shape, d = plan.Data, x = plan.Index, v = plan.Values)
        {
            var body = new GatherBody<T> { Data = data, Index = index, Values = values, Lines = new LineSet(shape, d, x, v, plan.Shape.Length, plan.Dim, plan.Extent) };
            WorkerPool.Run(body.Lines.Chunks, ref body);
        }
    }

    /// <summary>data[…, index[…, i, …], …] = op(that, values[…, i, …]), in row-major order of the index.</summary>
    public static void Scatter<TOp, T>(in Plan plan, T* data, long* index, T* values)
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        fixed (long* shape = plan.Shape, d = plan.Data, x = plan.Index, v = plan.Values)
        {
            var body = new ScatterBody<TOp, T> { Data = data, Index = index, Values = values, Lines = new LineSet(shape, d, x, v, plan.Shape.Length, plan.Dim, plan.Extent) };
            // Along the last dimension lines are independent; along another they meet, so that one thread keeps the order.
            if (plan.Dim == plan.Shape.Length - 1) WorkerPool.Run(body.Lines.Chunks, ref body);
            else for (int chunk = 0; chunk < body.Lines.Chunks; chunk++) body.Run(chunk);
        }
    }

    private readonly struct LineSet
    {
        private readonly long* _shape, _data, _index, _values;
        private readonly int _rank, _dim;
        private readonly long _perChunk;
        internal readonly long Rows, Length, Extent, DimStride, DataStep, IndexStep, ValueStep;
        internal readonly int Chunks, Dim;

        internal LineSet(long* shape, long* data, long* index, long* values, int rank, int dim, long extent)
        {
            _shape = shape;
            _data = data;
            _index = index;
            _values = values;
            (_rank, _dim, Extent, Dim) = (rank, dim, extent, dim);
            Rows = 1;
            for (int i = 0; i < rank - 1; i++) Rows *= shape[i];
            int last = rank - 1;
            Length = rank == 0 ? 1 : shape[last];
            DimStride = rank == 0 ? 1 : data[dim];
            DataStep = rank == 0 || last == dim ? 0 : data[last];
            IndexStep = rank == 0 ? 0 : index[last];
            ValueStep = rank == 0 ? 0 : values[last];
            _perChunk = Math.Max(1, Math.Max(16 * 1024 / Math.Max(1, Length), (Rows + 63) / 64));
            Chunks = Length == 0 ? 0 : (int)((Rows + _perChunk - 1) / _perChunk);
        }

        internal (long First, long End) Range(int chunk) => (chunk * _perChunk, Math.Min(Rows, (chunk + 1) * _perChunk));

        internal void Offsets(long row, out long data, out long index, out long values)
        {
            data = index = values = 0;
            for (int i = _rank - 2; i >= 0; i--)
            {
                long at = row % _shape[i];
                row /= _shape[i];
                if (i != _dim) data += at * _data[i];
                index += at * _index[i];
                values += at * _values[i];
            }
        }

        internal void ThrowRange(long index) =>
            throw new IndexRangeException($"index {index} is out of bounds for dimension {Dim} with size {Extent}");
    }

    private struct GatherBody<T> : IParallelBody where T : unmanaged
    {
        public T* Data, Values;
        public long* Index;
        public LineSet Lines;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long first, long end) = Lines.Range(chunk);
            long length = Lines.Length, extent = Lines.Extent, stride = Lines.DimStride, dataStep = Lines.DataStep, indexStep = Lines.IndexStep, valueStep = Lines.ValueStep;
            for (long row = first; row < end; row++)
            {
                Lines.Offsets(row, out long d, out long x, out long v);
                T* data = Data + d, values = Values + v;
                long* index = Index + x;
                for (long i = 0; i < length; i++)
                {
                    long at = index[i * indexStep];
                    if ((ulong)at >= (ulong)extent) Lines.ThrowRange(at);
                    values[i * valueStep] = data[i * dataStep + at * stride];
                }
            }
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
            (long first, long end) = Lines.Range(chunk);
            long length = Lines.Length, extent = Lines.Extent, stride = Lines.DimStride, dataStep = Lines.DataStep, indexStep = Lines.IndexStep, valueStep = Lines.ValueStep;
            for (long row = first; row < end; row++)
            {
                Lines.Offsets(row, out long d, out long x, out long v);
                T* data = Data + d, values = Values + v;
                long* index = Index + x;
                for (long i = 0; i < length; i++)
                {
                    long at = index[i * indexStep];
                    if ((ulong)at >= (ulong)extent) Lines.ThrowRange(at);
                    T* place = data + i * dataStep + at * stride;
                    *place = TOp.Invoke(*place, values[i * valueStep]);
                }
            }
        }
    }
}

/// <summary>An index of a gather or scatter is out of range: the caller turns it into its own exception.</summary>
public sealed class IndexRangeException(string message) : Exception(message);
