using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The loop of functions of three operands over strided memory; the first may be of another type.</summary>
public static unsafe partial class Zip3Loop
{
    /// <summary>destination = kernel(first, second, third), elementwise over the shape; <paramref name="operandStrides"/> holds the three operands' strides one after another.</summary>
    public static void Run<TKernel, TFirst, T>(TKernel kernel, TFirst* first, T* second, T* third, ReadOnlySpan<long> operandStrides,
        T* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        int rank = shape.Length;
        Span<long> extents = stackalloc long[rank];
        Span<long> strides = stackalloc long[4 * rank];
        shape.CopyTo(extents);
        destinationStrides.CopyTo(strides);
        operandStrides.CopyTo(strides[rank..]);
        rank = LoopNest.Coalesce(extents, strides, 4);
        long count = 1;
        for (int i = 0; i < rank; i++) count *= extents[i];
        if (count == 0) return;
        fixed (long* e = extents, s = strides)
        {
            var body = new Nest<TKernel, TFirst, T>
            {
                Kernel = kernel, First = first, Second = second, Third = third, Destination = destination, Rank = rank, Extents = e, Strides = s,
            };
            body.Plan(count, grain);
            if (body.Chunks == 1) body.Run(0);
            else WorkerPool.Run(body.Chunks, ref body);
        }
    }

    private struct Nest<TKernel, TFirst, T> : IParallelBody
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        public TKernel Kernel;
        public TFirst* First;
        public T* Second, Third, Destination;
        public int Rank, Chunks;
        public long* Extents, Strides;
        private long _rows, _rowsPerChunk, _inner, _segment, _segments;

        public void Plan(long count, long grain)
        {
            _inner = Rank == 0 ? 1 : Extents[Rank - 1];
            _rows = count / _inner;
            long chunk = PointwiseGrain.Chunk(count, grain);
            // Long rows are cut into segments, short rows are joined into chunks.
            _segments = (_inner + chunk - 1) / chunk;
            _segment = (_inner + _segments - 1) / _segments;
            _rowsPerChunk = _segments > 1 ? 1 : Math.Max(1, chunk / _inner);
            Chunks = (int)(_segments > 1 ? _rows * _segments : (_rows + _rowsPerChunk - 1) / _rowsPerChunk);
        }

        public readonly void Run(int chunk)
        {
            long firstRow = _segments > 1 ? chunk / _segments : chunk * _rowsPerChunk;
            long lastRow = Math.Min(_rows, firstRow + _rowsPerChunk);
            long start = _segments > 1 ? chunk % _segments * _segment : 0;
            long n = Math.Min(_segment, _inner - start);
            long* index = stackalloc long[Rank + 1];
            long* at = stackalloc long[4];
            at[0] = at[1] = at[2] = at[3] = 0;
            long rest = firstRow;
            for (int i = Rank - 2; i >= 0; i--)
            {
                index[i] = rest % Extents[i];
                rest /= Extents[i];
                for (int k = 0; k < 4; k++) at[k] += index[i] * Strides[k * Rank + i];
            }
            long d = Rank == 0 ? 0 : Strides[Rank - 1], x = Rank == 0 ? 0 : Strides[2 * Rank - 1], y = Rank == 0 ? 0 : Strides[3 * Rank - 1], z = Rank == 0 ? 0 : Strides[4 * Rank - 1];
            for (long row = firstRow; row < lastRow; row++)
            {
                Row(Kernel, First + at[1] + start * x, x, Second + at[2] + start * y, y, Third + at[3] + start * z, z, Destination + at[0] + start * d, d, n);
                for (int i = Rank - 2; i >= 0; i--)
                {
                    for (int k = 0; k < 4; k++) at[k] += Strides[k * Rank + i];
                    if (++index[i] < Extents[i]) break;
                    for (int k = 0; k < 4; k++) at[k] -= Extents[i] * Strides[k * Rank + i];
                    index[i] = 0;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TKernel, TFirst, T>(TKernel kernel, TFirst* first, long firstStride, T* second, long secondStride, T* third, long thirdStride, T* destination, long stride, long count)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        long i = 0;
        if (TKernel.IsChoice && stride == 1 && firstStride == 1 && (ulong)secondStride <= 1 && (ulong)thirdStride <= 1)
        {
            i = ChoiceRow((byte*)first, second, secondStride, third, thirdStride, destination, count);
        }
        else if (TKernel.IsVectorized && stride == 1 && (ulong)firstStride <= 1 && (ulong)secondStride <= 1 && (ulong)thirdStride <= 1 && count >= Vector512<T>.Count)
        {
            int width = Vector512<T>.Count;
            Vector512<TFirst> x = Vector512.Create(*first);
            Vector512<T> y = Vector512.Create(*second), z = Vector512.Create(*third);
            for (; i <= count - width; i += width)
            {
                if (firstStride == 1) x = Vector512.Load(first + i);
                if (secondStride == 1) y = Vector512.Load(second + i);
                if (thirdStride == 1) z = Vector512.Load(third + i);
                kernel.Invoke(x, y, z).Store(destination + i);
            }
        }
        for (; i < count; i++) destination[i * stride] = kernel.Invoke(first[i * firstStride], second[i * secondStride], third[i * thirdStride]);
    }
}
