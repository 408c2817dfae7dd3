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
    public static void Forward<T>(T* source, T* destination, long outer, long count, long inner, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var body = new Body<T> { Source = source, Destination = destination, Count = count, Inner = inner, Logarithm = logarithm };
        body.Run(outer);
    }

    /// <summary>destination = the gradient of the input, from the output and its gradient.</summary>
    public static void Backward<T>(T* gradient, T* output, T* destination, long outer, long count, long inner, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var body = new Body<T> { Source = gradient, Output = output, Destination = destination, Count = count, Inner = inner, Logarithm = logarithm };
        body.Run(outer);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow<T>(T* source, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        int width = Vector512<T>.Count;
        T largest = FoldLoop.FoldRun<MaxFold<T>, T, T, T>(default, source, 1, count);
        Vector512<T> shift = Vector512.Create(largest), sums = default;
        T sum = T.Zero;
        long i = 0;
        if (logarithm)
        {
            for (; i <= count - width; i += width) sums += SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
            for (; i < count; i++) sum += T.Exp(source[i] - largest);
        }
        else
        {
            for (; i <= count - width; i += width)
            {
                Vector512<T> e = SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
                e.Store(destination + i);
                sums += e;
            }
            for (; i < count; i++)
            {
                T e = T.Exp(source[i] - largest);
                destination[i] = e;
                sum += e;
            }
        }
        if (count >= width) sum += Vector512.Sum(sums);
        i = 0;
        if (logarithm)
        {
            T logSum = T.Log(sum);
            Vector512<T> log = Vector512.Create(logSum);
            for (; i <= count - width; i += width) (Vector512.Load(source + i) - shift - log).Store(destination + i);
            for (; i < count; i++) destination[i] = source[i] - largest - logSum;
        }
        else
        {
            T factor = T.One / sum;
            Vector512<T> scale = Vector512.Create(factor);
            for (; i <= count - width; i += width) (Vector512.Load(destination + i) * scale).Store(destination + i);
            for (; i < count; i++) destination[i] *= factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow<T>(T* gradient, T* output, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        Vector512<T> sums = default;
        T sum = T.Zero;
        long i = 0;
        if (logarithm)
        {
            for (; i <= count - width; i += width) sums += Vector512.Load(gradient + i);
            for (; i < count; i++) sum += gradient[i];
        }
        else
        {
            for (; i <= count - width; i += width) sums += Vector512.Load(gradient + i) * Vector512.Load(output + i);
            for (; i < count; i++) sum += gradient[i] * output[i];
        }
        if (count >= width) sum += Vector512.Sum(sums);
        Vector512<T> total = Vector512.Create(sum);
        i = 0;
        if (logarithm)
        {
            for (; i <= count - width; i += width) (Vector512.Load(gradient + i) - SoftmaxLanes.Exp(Vector512.Load(output + i)) * total).Store(destination + i);
            for (; i < count; i++) destination[i] = gradient[i] - T.Exp(output[i]) * sum;
        }
        else
        {
            for (; i <= count - width; i += width) ((Vector512.Load(gradient + i) - total) * Vector512.Load(output + i)).Store(destination + i);
            for (; i < count; i++) destination[i] = (gradient[i] - sum) * output[i];
        }
    }
}
