using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Layer normalisation of rows, forward and backward.</summary>
public static unsafe partial class LayerNorm
{
    /// <summary>destination = (source − mean) · rstd · weight + bias; weight and bias may be null.</summary>
    public static void Forward<T>(T* source, T* weight, T* bias, T* destination, T* mean, T* rstd, long rows, long count, double eps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows == 0) return;
        var body = new ForwardBody<T> { Source = source, Weight = weight, Bias = bias, Destination = destination, Mean = mean, Rstd = rstd, Rows = rows, Count = count, Eps = eps };
        body.PerChunk = PerChunk(rows, count);
        body.Order = new((rows + body.PerChunk - 1) / body.PerChunk);
        WorkerPool.Run(body.Order.Count, ref body);
    }

    /// <summary>The gradients of input, weight and bias (each may be null).</summary>
    public static void Backward<T>(T* gradient, T* source, T* weight, T* mean, T* rstd, T* inputGradient, T* weightGradient, T* biasGradient, long rows, long count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool affine = weightGradient != null || biasGradient != null;
        if (rows == 0)
        {
            if (weightGradient != null) new Span<T>(weightGradient, (int)count).Clear();
            if (biasGradient != null) new Span<T>(biasGradient, (int)count).Clear();
            return;
        }
        var body = new BackwardBody<T>
        {
            Gradient = gradient, Source = source, Weight = weight, Mean = mean, Rstd = rstd, InputGradient = inputGradient, Rows = rows, Count = count,
            PerChunk = PerChunk(rows, count),
        };
        long chunks = (rows + body.PerChunk - 1) / body.PerChunk;
        body.Order = new(chunks);
        using Scratch room = affine ? Scratch.Rent<T>(2 * chunks * count) : default;
        body.Partials = (T*)room.Pointer;
        WorkerPool.Run((int)chunks, ref body);
        if (weightGradient != null) AddUp(body.Partials, weightGradient, chunks, count);
        if (biasGradient != null) AddUp(body.Partials + count, biasGradient, chunks, count);
    }

    // Column by column: what other cores have written last is asked of them many lines at a time, and none waits for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUp<T>(T* partials, T* sum, long chunks, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512<T> total = Vector512.Load(partials + i);
            for (long chunk = 1; chunk < chunks; chunk++) total += Vector512.Load(partials + 2 * chunk * count + i);
            total.Store(sum + i);
        }
        for (; i < count; i++)
        {
            T total = partials[i];
            for (long chunk = 1; chunk < chunks; chunk++) total += partials[2 * chunk * count + i];
            sum[i] = total;
        }
    }

    private static long PerChunk(long rows, long count) => Math.Max(Math.Max(1, (rows + 63) / 64), PointwiseGrain.Light / Math.Max(1, count));

    private partial struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Weight, Bias, Destination, Mean, Rstd;
        public long Rows, Count, PerChunk;
        public ChunkOrder Order;
        public double Eps;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int turn)
        {
            int chunk = Order[turn];
            long last = Math.Min(Rows, (chunk + 1) * PerChunk);
            long row = chunk * PerChunk;
            if (GoTurned<T>(Count))
            {
                Turned(row, last);
                return;
            }
            if (GoInPairs<T>(Count))
                for (; row <= last - 2; row += 2)
                {
                    T* source = Source + row * Count;
                    VarianceFold<T>.BlockPair(source, source + Count, Count, Destination + row * Count, out Moments one, out Moments other);
                    Write(row, one, source + 2 * Count, 0);
                    Write(row + 1, other, source + 3 * Count, 0);
                }
            for (; row < last; row++)
            {
                T* source = Source + row * Count;
                // A short row is one block of the fold.
                Write(row, Count <= FoldLoop.LongestDense && Count > 1 ? VarianceFold<T>.Block(source, Count) : FoldLoop.FoldRun<VarianceFold<T>, T, Moments, T>(default, source, 1, Count),
                    Count * sizeof(T) <= 16384 ? source + Count : source, WideStore.Ahead);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Write(long row, in Moments moments, T* next, int ahead)
        {
            double rstd = 1 / Math.Sqrt(moments.Squares / Count + Eps);
            Mean[row] = T.CreateTruncating(moments.Mean);
            Rstd[row] = T.CreateTruncating(rstd);
            Apply(Source + row * Count, Weight, Bias, Destination + row * Count, Count, next, ahead, Mean[row], Rstd[row]);
        }
    }

    // Rows of whole vectors, two of which stay in the first cache beside what is written.
    private static bool GoInPairs<T>(long count) where T : unmanaged => count > 0 && count % Vector512<T>.Count == 0 && count * sizeof(T) <= 8192;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<T>(T* source, T* weight, T* bias, T* destination, long count, T* next, int ahead, T mean, T rstd) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> m = Vector512.Create(mean), r = Vector512.Create(rstd);
        int width = Vector512<T>.Count;
        long i = 0;
        if (weight != null && bias != null)
            for (; i <= count - width; i += width)
            {
                Ask(next + i, (byte*)(destination + i) + ahead);
                ((Vector512.Load(source + i) - m) * r * Vector512.Load(weight + i) + Vector512.Load(bias + i)).Store(destination + i);
            }
        else if (weight == null && bias == null)
            for (; i <= count - width; i += width)
            {
                Ask(next + i, (byte*)(destination + i) + ahead);
                ((Vector512.Load(source + i) - m) * r).Store(destination + i);
            }
        for (; i < count; i++)
        {
            T x = (source[i] - mean) * rstd;
            if (weight != null) x *= weight[i];
            if (bias != null) x += bias[i];
            destination[i] = x;
        }
    }

    // A line of the row, or pair of rows, whose turn is next, and one that is written soon.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask(void* source, void* destination)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(source);
        Sse.Prefetch0(destination);
    }

    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Gradient, Source, Weight, Mean, Rstd, InputGradient, Partials;
        public long Rows, Count, PerChunk;
        public ChunkOrder Order;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int turn)
        {
            int chunk = Order[turn];
            T* weightSums = Partials == null ? null : Partials + 2 * chunk * Count;
            if (weightSums != null) new Span<T>(weightSums, (int)(2 * Count)).Clear();
            else if (InputGradient == null) return;
            long last = Math.Min(Rows, (chunk + 1) * PerChunk);
            long row = chunk * PerChunk;
            if (GoInPairs<T>(Count) && InputGradient != null)
                for (; row <= last - 2; row += 2) SpreadPair(Gradient + row * Count, Source + row * Count, Weight, InputGradient + row * Count, weightSums, Count, Mean + row, Rstd + row);
            for (; row < last; row++)
            {
                T* gradient = Gradient + row * Count, source = Source + row * Count;
                if (InputGradient == null) Accumulate(gradient, source, weightSums, weightSums + Count, Count, Mean[row], Rstd[row]);
                else Spread(gradient, source, Weight, InputGradient + row * Count, weightSums, weightSums == null ? null : weightSums + Count, Count, Mean[row], Rstd[row]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<T>(T* gradient, T* source, T* weightSums, T* biasSums, long count, T mean, T rstd) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> m = Vector512.Create(mean), r = Vector512.Create(rstd);
        int width = Vector512<T>.Count;
        long i = 0;
        for (; i <= count - width; i += width)
        {
            Vector512<T> g = Vector512.Load(gradient + i);
            (Vector512.Load(weightSums + i) + g * ((Vector512.Load(source + i) - m) * r)).Store(weightSums + i);
            (Vector512.Load(biasSums + i) + g).Store(biasSums + i);
        }
        for (; i < count; i++)
        {
            weightSums[i] += gradient[i] * ((source[i] - mean) * rstd);
            biasSums[i] += gradient[i];
        }
    }

    // dx = rstd · (g − mean(g) − x̂ · mean(g · x̂)) with g = gradient · weight; the pass of the means adds to the sums of the parameters, if there are any.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<T>(T* gradient, T* source, T* weight, T* destination, T* weightSums, T* biasSums, long count, T mean, T rstd) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> m = Vector512.Create(mean), r = Vector512.Create(rstd), sums = default, products = default;
        int width = Vector512<T>.Count;
        T sum = T.Zero, product = T.Zero;
        long i = 0;
        for (; i <= count - width; i += width)
        {
            // The line that the second pass writes.
            if (Sse.IsSupported) Sse.Prefetch0(destination + i);
            Vector512<T> g = Vector512.Load(gradient + i), x = (Vector512.Load(source + i) - m) * r, slope = g * x;
            if (weightSums != null)
            {
                (Vector512.Load(weightSums + i) + slope).Store(weightSums + i);
                (Vector512.Load(biasSums + i) + g).Store(biasSums + i);
            }
            if (weight != null)
            {
                Vector512<T> w = Vector512.Load(weight + i);
                (g, slope) = (g * w, slope * w);
            }
            sums += g;
            products += slope;
        }
        for (; i < count; i++)
        {
            T g = gradient[i], x = (source[i] - mean) * rstd;
            if (weightSums != null)
            {
                weightSums[i] += g * x;
                biasSums[i] += g;
            }
            if (weight != null) g *= weight[i];
            sum += g;
            product += g * x;
        }
        if (count >= width)
        {
            sum += Vector512.Sum(sums);
            product += Vector512.Sum(products);
        }
        T n = T.CreateTruncating(count);
        sum /= n;
        product /= n;
        Vector512<T> s = Vector512.Create(sum), p = Vector512.Create(product);
        i = 0;
        for (; i <= count - width; i += width)
        {
            Vector512<T> g = Vector512.Load(gradient + i);
            if (weight != null) g *= Vector512.Load(weight + i);
            ((g - s - (Vector512.Load(source + i) - m) * r * p) * r).Store(destination + i);
        }
        for (; i < count; i++)
        {
            T g = weight != null ? gradient[i] * weight[i] : gradient[i];
            destination[i] = (g - sum - (source[i] - mean) * rstd * product) * rstd;
        }
    }
}
