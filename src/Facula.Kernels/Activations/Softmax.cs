using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>softmax and log-softmax along the middle of three dimensions (outer × count × inner, row-major).</summary>
public static unsafe partial class Softmax
{
    /// <summary>Columns worked on at once when the dimension is not the last.</summary>
    private const long Line = 512;

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
        private long _blocks, _tasks, _perChunk;

        public void Run(long outer)
        {
            if (outer * Count * Inner == 0) return;
            _blocks = Inner == 1 ? 1 : (Inner + Line - 1) / Line;
            _tasks = outer * _blocks;
            _perChunk = Math.Max(Math.Max(1, _tasks / 512), PointwiseGrain.Heavy / Math.Max(1, Count * Math.Min(Inner, Line)));
            WorkerPool.Run((int)((_tasks + _perChunk - 1) / _perChunk), ref this);
        }

        public readonly void Run(int chunk)
        {
            long last = Math.Min(_tasks, (chunk + 1) * _perChunk);
            using Scratch room = Inner == 1 ? default : Scratch.Rent<T>(2 * Line);
            T* lines = (T*)room.Pointer;
            for (long task = chunk * _perChunk; task < last; task++)
            {
                long column = task % _blocks * Line;
                long at = task / _blocks * Count * Inner + column;
                long width = Math.Min(Line, Inner - column);
                T* source = Source + at, destination = Destination + at;
                if (Output == null)
                {
                    if (Inner == 1) ForwardRow(source, destination, Count, Logarithm);
                    else ForwardColumns(source, destination, Count, Inner, width, Logarithm, lines, lines + Line);
                }
                else if (Inner == 1) BackwardRow(source, Output + at, destination, Count, Logarithm);
                else BackwardColumns(source, Output + at, destination, Count, Inner, width, Logarithm, lines);
            }
        }
    }
}
