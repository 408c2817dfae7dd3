using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>softmax and log-softmax along the middle of three dimensions (outer × count × inner, row-major).</summary>
public static unsafe partial class Softmax
{
    /// <summary>Columns worked on at once when the dimension is not the last.</summary>
    internal const long Line = 512;

    /// <summary>destination = softmax of source, or its logarithm.</summary>
    public static void Forward<T>(T* source, T* destination, long outer, long count, long inner, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Source = source, Destination = destination, Count = count, Inner = inner, Logarithm = logarithm };
        body.Run(outer);
    }

    /// <summary>destination = the gradient of the input, from the output and its gradient.</summary>
    public static void Backward<T>(T* gradient, T* output, T* destination, long outer, long count, long inner, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Source = gradient, Output = output, Destination = destination, Count = count, Inner = inner, Logarithm = logarithm };
        body.Run(outer);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Output, Destination;
        public long Count, Inner;
        public bool Logarithm;
        private LinePlan _plan;
        private ChunkOrder _order;

        public void Run(long outer)
        {
            if (outer * Count * Inner == 0) return;
            _plan = LinePlan.Of<T>(outer, Count, Inner);
            _order = new(_plan.Chunks);
            WorkerPool.Run(_order.Count, ref this);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long first, long last) = _plan.Tasks(_order[chunk]);
            using Scratch room = _plan.Room<T>(Output == null ? 1 : 2);
            T* lines = (T*)room.Pointer;
            for (long task = first; task < last; task++)
            {
                (long at, long width) = _plan.Place(task);
                T* source = Source + at, destination = Destination + at;
                if (_plan.IsTiled)
                {
                    if (Output == null) ForwardTile(source, destination, (int)width, Count, Inner, Logarithm, lines);
                    else BackwardTile(source, Output + at, destination, (int)width, Count, Inner, Logarithm, lines);
                }
                else if (Output == null)
                {
                    if (Inner == 1) ForwardRow(source, destination, Count, Logarithm);
                    else ForwardColumns(source, destination, _plan.Rows, _plan.Stride, width, Logarithm, lines, lines + Line, _plan.Rest, Math.Min(width, Inner));
                }
                else if (Inner == 1) BackwardRow(source, Output + at, destination, Count, Logarithm);
                else BackwardColumns(source, Output + at, destination, _plan.Rows, _plan.Stride, width, Logarithm, lines, _plan.Rest, Math.Min(width, Inner));
            }
        }
    }
}
