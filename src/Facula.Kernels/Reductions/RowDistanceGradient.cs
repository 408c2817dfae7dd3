using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The gradient of p-norms of the differences of rows, without the differences of all pairs in memory.</summary>
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
            using Scratch room = Scratch.Rent<T>(N);
            T* factors = (T*)room.Pointer;
            for (long row = chunk * PerChunk; row < last; row++)
            {
                (long b, long i) = Math.DivRem(row, M);
                T* x = First + row * Width, others = Second + b * N * Width, to = Destination + row * Width;
                long at = b * M * N + i * StepI;
                if (Order is 1 or 2 or 3)
                {
                    long j = StepJ == 1 ? Quotients(Gradient + at, Distances + at, factors) : 0;
                    for (at += j * StepJ; j < N; j++, at += StepJ)
                    {
                        T distance = Distances[at], g = Gradient[at];
                        factors[j] = Order == 1 ? g : distance == T.Zero ? T.Zero : g / (Order == 2 ? distance : distance * distance);
                    }
                    if (Order == 1) Sums<Sign>(x, others, factors, to, N, Width);
                    else if (Order == 3) Sums<SignedSquare>(x, others, factors, to, N, Width);
                    else Sums<Difference>(x, others, factors, to, N, Width);
                    continue;
                }
                for (long k = 0; k < Width; k++) to[k] = T.Zero;
                for (long j = 0; j < N; j++, at += StepJ)
                {
                    T distance = Distances[at];
                    if (distance == T.Zero && Order >= 1) continue;
                    if (double.IsPositiveInfinity(Order)) Extremes(x, others + j * Width, Gradient[at], distance, to, Width);
                    else Powers(x, others + j * Width, Gradient[at] / T.Pow(distance, T.CreateTruncating(Order - 1)), to, Width);
                }
            }
        }

        // Whole vectors of factors; answers how many factors that were.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly long Quotients(T* gradients, T* distances, T* factors)
        {
            long j = 0;
            if (Order == 1) return 0;
            for (; j <= N - Vector512<T>.Count; j += Vector512<T>.Count)
            {
                Vector512<T> distance = Vector512.Load(distances + j);
                Vector512.ConditionalSelect(Vector512.Equals(distance, default), default, Vector512.Load(gradients + j) / (Order == 2 ? distance : distance * distance)).Store(factors + j);
            }
            return j;
        }

        private interface IShare
        {
            static abstract Vector512<T> Add(Vector512<T> sum, Vector512<T> x, Vector512<T> y, Vector512<T> factor);
        }

        private readonly struct Difference : IShare
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Add(Vector512<T> sum, Vector512<T> x, Vector512<T> y, Vector512<T> factor) => Segments.Fused(x - y, factor, sum);
        }

        private readonly struct SignedSquare : IShare
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector512<T> Add(Vector512<T> sum, Vector512<T> x, Vector512<T> y, Vector512<T> factor) => Segments.Fused((x - y) * Vector512.Abs(x - y), factor, sum);
        }

        private readonly struct Sign : IShare
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector512<T> Add(Vector512<T> sum, Vector512<T> x, Vector512<T> y, Vector512<T> factor) => sum + ((Vector512.GreaterThan(x, y) & factor) | (Vector512.LessThan(x, y) & -factor));
        }

        // The sums of some columns stay in registers while all others go by.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Sums<TShare>(T* x, T* others, T* factors, T* to, long rows, long width) where TShare : struct, IShare
        {
            int lanes = Vector512<T>.Count;
            long k = 0;
            for (; k <= width - 4 * lanes; k += 4 * lanes)
            {
                Vector512<T> x0 = Vector512.Load(x + k), x1 = Vector512.Load(x + k + lanes), x2 = Vector512.Load(x + k + 2 * lanes), x3 = Vector512.Load(x + k + 3 * lanes);
                Vector512<T> a = default, b = default, c = default, d = default;
                T* y = others + k;
                for (long j = 0; j < rows; j++, y += width)
                {
                    Vector512<T> factor = Vector512.Create(factors[j]);
                    a = TShare.Add(a, x0, Vector512.Load(y), factor);
                    b = TShare.Add(b, x1, Vector512.Load(y + lanes), factor);
                    c = TShare.Add(c, x2, Vector512.Load(y + 2 * lanes), factor);
                    d = TShare.Add(d, x3, Vector512.Load(y + 3 * lanes), factor);
                }
                a.Store(to + k);
                b.Store(to + k + lanes);
                c.Store(to + k + 2 * lanes);
                d.Store(to + k + 3 * lanes);
            }
            for (; k <= width - lanes; k += lanes)
            {
                Vector512<T> own = Vector512.Load(x + k), sum = default;
                for (long j = 0; j < rows; j++) sum = TShare.Add(sum, own, Vector512.Load(others + j * width + k), Vector512.Create(factors[j]));
                sum.Store(to + k);
            }
            for (; k < width; k++)
            {
                Vector512<T> own = Vector512.CreateScalar(x[k]), sum = default;
                for (long j = 0; j < rows; j++) sum = TShare.Add(sum, own, Vector512.CreateScalar(others[j * width + k]), Vector512.CreateScalar(factors[j]));
                to[k] = sum.ToScalar();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Powers(T* x, T* y, T factor, T* to, long count)
        {
            Vector512<T> power = Vector512.Create(T.CreateTruncating(Order - 1)), factors = Vector512.Create(factor);
            for (long k = 0; k < count; k += Vector512<T>.Count)
            {
                long some = Math.Min(Vector512<T>.Count, count - k);
                Vector512<T> d = PartialLanes.Load(x + k, some) - PartialLanes.Load(y + k, some);
                Vector512<T> slope = RowDistances.Power(d, power) * factors, signed = slope ^ (d & VectorMath.Constant<T>(-0.0));
                PartialLanes.Store(PartialLanes.Load(to + k, some) + signed, to + k, some);
            }
        }

        // Shared evenly among the differences that are as large as the distance.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Extremes(T* x, T* y, T gradient, T distance, T* to, long count)
        {
            int lanes = Vector512<T>.Count, hits = 0;
            Vector512<T> largest = Vector512.Create(distance);
            for (long k = 0; k < count; k += lanes)
            {
                long some = Math.Min(lanes, count - k);
                hits += BitOperations.PopCount(Vector512.Equals(Vector512.Abs(PartialLanes.Load(x + k, some) - PartialLanes.Load(y + k, some)), largest).ExtractMostSignificantBits());
            }
            if (hits == 0) return;
            Vector512<T> share = Vector512.Create(gradient / T.CreateTruncating(hits));
            for (long k = 0; k < count; k += lanes)
            {
                long some = Math.Min(lanes, count - k);
                Vector512<T> d = PartialLanes.Load(x + k, some) - PartialLanes.Load(y + k, some), signed = share ^ (d & VectorMath.Constant<T>(-0.0));
                PartialLanes.Store(PartialLanes.Load(to + k, some) + Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(d), largest), signed, default), to + k, some);
            }
        }
    }
}
