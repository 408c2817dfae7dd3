using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The gradient of finite p-norms of the differences of rows, without the differences of all pairs in memory.</summary>
public static unsafe class RowDistanceGradient
{
    /// <summary>
    /// destination[b, i] = Σⱼ gradient[b, i, j] · ∂‖x − y‖ / ∂x at x = first[b, i], y = second[b, j]. Rows are dense; distances and their gradients lie at
    /// <paramref name="stepI"/> and <paramref name="stepJ"/>, m · n a batch.
    /// </summary>
    public static void Run<T>(T* first, T* second, T* distances, T* gradient, T* destination, long batch, long m, long n, long width, long stepI, long stepJ, double p)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batch * m * width == 0) return;
        var body = new Body<T>
        {
            First = first, Second = second, Distances = distances, Gradient = gradient, Destination = destination, Rows = batch * m, M = m, N = n, Width = width,
            StepI = stepI, StepJ = stepJ, Order = p,
        };
        body.PerChunk = Math.Max(1, PointwiseGrain.Light / Math.Max(1, n * width));
        WorkerPool.Run((int)((body.Rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* First, Second, Distances, Gradient, Destination;
        public long Rows, M, N, Width, StepI, StepJ, PerChunk;
        public double Order;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Rows, (chunk + 1) * PerChunk);
            for (long row = chunk * PerChunk; row < last; row++)
            {
                (long b, long i) = Math.DivRem(row, M);
                T* to = Destination + row * Width;
                for (long k = 0; k < Width; k++) to[k] = T.Zero;
                for (long j = 0; j < N; j++)
                {
                    long at = b * M * N + i * StepI + j * StepJ;
                    T distance = Distances[at], g = Gradient[at];
                    if (Order == 1) Signs(First + row * Width, Second + (b * N + j) * Width, g, to, Width);
                    else if (distance == T.Zero && Order >= 1) continue;
                    else if (Order == 2) Differences(First + row * Width, Second + (b * N + j) * Width, g / distance, to, Width);
                    else Powers(First + row * Width, Second + (b * N + j) * Width, g / T.Pow(distance, T.CreateTruncating(Order - 1)), to, Width);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Differences(T* x, T* y, T factor, T* to, long count)
        {
            Vector512<T> scale = Vector512.Create(factor);
            long k = 0;
            for (; k <= count - Vector512<T>.Count; k += Vector512<T>.Count)
                (Vector512.Load(to + k) + (Vector512.Load(x + k) - Vector512.Load(y + k)) * scale).Store(to + k);
            for (; k < count; k++) to[k] += (x[k] - y[k]) * factor;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Signs(T* x, T* y, T factor, T* to, long count)
        {
            Vector512<T> up = Vector512.Create(factor), down = Vector512.Create(-factor);
            long k = 0;
            for (; k <= count - Vector512<T>.Count; k += Vector512<T>.Count)
            {
                Vector512<T> a = Vector512.Load(x + k), b = Vector512.Load(y + k);
                (Vector512.Load(to + k) + ((Vector512.GreaterThan(a, b) & up) | (Vector512.LessThan(a, b) & down))).Store(to + k);
            }
            for (; k < count; k++)
            {
                if (x[k] > y[k]) to[k] += factor;
                else if (x[k] < y[k]) to[k] -= factor;
            }
        }

        private readonly void Powers(T* x, T* y, T factor, T* to, long count)
        {
            T power = T.CreateTruncating(Order - 1);
            for (long k = 0; k < count; k++)
            {
                T d = x[k] - y[k];
                if (d == T.Zero) continue;
                T slope = T.Pow(T.Abs(d), power) * factor;
                to[k] += d > T.Zero ? slope : -slope;
            }
        }
    }
}
