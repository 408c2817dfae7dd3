using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Normalisation of channels over images and positions (images × channels × length, row-major).</summary>
public static unsafe class BatchNorm
{
    // Elements of the channels that one chunk does: what one pass over them has read, the next still finds in the second-level cache.
    private const long ElementsPerChunk = 65536;

    /// <summary>
    /// Normalises by the statistics of each channel and answers these: mean, unbiased variance, and 1 / √(variance + eps). They are rounded to
    /// the element type where PyTorch rounds them: mean and sum of squares first, then what is made of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Train<T>(T* source, T* destination, long images, long channels, long length, double eps, T* weight, T* bias, double* mean, double* variance, double* invstd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch room = Scratch.Rent<Moments>(channels);
        var body = new TrainBody<T>
        {
            Source = source, Destination = destination, Weight = weight, Bias = bias, Images = images, Channels = channels, Length = length, PerChunk = PerChunk(images * length),
            Moments = (Moments*)room.Pointer, Eps = eps, Mean = mean, Variance = variance, Invstd = invstd,
        };
        body.Order = new((channels + body.PerChunk - 1) / body.PerChunk);
        if (length > 1)
        {
            WorkerPool.Run(body.Order.Count, ref body);
            return;
        }
        ColumnStatistics(source, images, channels, mean, variance, body.Moments);
        for (long c = 0; c < channels; c++) body.Derive(c);
        Apply(source, destination, images, channels, length, mean, invstd, weight, bias);
    }

    // A chunk's channels lie side by side in each image, and far from those in the next: lines are asked for an image ahead where that is not too early,
    // so that what another thread works on is left alone.
    private static long Ahead<T>(long channelsPerChunk, long channels, long length) where T : unmanaged =>
        channelsPerChunk * length * sizeof(T) <= 8192 ? channels * length : WideStore.Ahead / sizeof(T);

    // Shorter rows cost less to copy than a loop over one costs to begin.
    private const long ShortRow = 64;

    /// <summary>Whether a channel's rows are best brought together first.</summary>
    private static bool Gathers(long images, long length) => images > 1 && length <= ShortRow;

    /// <summary>Copies the rows of one channel, some elements apart, so that they follow one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather<T>(T* rows, long apart, long images, long length, T* together) where T : unmanaged
    {
        for (long n = 0; n < images; n++, rows += apart, together += length) PlaneRows.Copy(rows, (nint)length, together);
    }

    /// <summary>Copies them back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter<T>(T* together, long apart, long images, long length, T* rows) where T : unmanaged
    {
        for (long n = 0; n < images; n++, rows += apart, together += length) PlaneRows.Copy(together, (nint)length, rows);
    }

    private static long PerChunk(long elementsPerChannel) => Math.Max(1, ElementsPerChunk / elementsPerChannel);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnStatistics<T>(T* source, long images, long channels, double* mean, double* squares, Moments* moments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch sums = Scratch.Rent<double>(channels);
        double* rest = (double*)sums.Pointer;
        // A first row as the centre keeps the first pass free of cancellation.
        for (long c = 0; c < channels; c++) mean[c] = double.CreateTruncating(source[c]);
        Columns.Sums(null, source, images, channels, mean, rest, squares);
        for (long c = 0; c < channels; c++) mean[c] = double.CreateTruncating(T.CreateTruncating(mean[c] + rest[c] / images));
        Columns.Sums(null, source, images, channels, mean, rest, squares);
        for (long c = 0; c < channels; c++)
        {
            double shift = rest[c] / images;
            moments[c] = new Moments { Count = images, Mean = mean[c] + shift, Squares = Math.Max(0, squares[c] - rest[c] * shift) };
        }
    }

    private struct TrainBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Destination, Weight, Bias;
        public long Images, Channels, Length, PerChunk;
        public ChunkOrder Order;
        public Moments* Moments;
        public double Eps;
        public double* Mean, Variance, Invstd;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = Order[chunk] * PerChunk, end = Math.Min(Channels, first + PerChunk), ahead = Ahead<T>(PerChunk, Channels, Length);
            if (Gathers(Images, Length))
            {
                RunGathered(first, end);
                return;
            }
            for (long n = 0; n < Images; n++)
            {
                for (long c = first; c < end; c++)
                {
                    Moments part = OfRun(Source + (n * Channels + c) * Length, Length, ahead);
                    Moments[c] = n == 0 ? part : Kernels.Moments.Merge(Moments[c], part);
                }
            }
            for (long c = first; c < end; c++) Derive(c);
            for (long n = 0; n < Images; n++)
            {
                for (long c = first; c < end; c++)
                {
                    long at = (n * Channels + c) * Length;
                    (T scale, T shift) = Factors(Mean[c], Invstd[c], Weight, Bias, c);
                    Segments.RowAffine(Source + at, Destination + at, Length, scale, shift, ahead);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunGathered(long first, long end)
        {
            long count = Images * Length, apart = Channels * Length;
            using Scratch room = Scratch.Rent<T>(2 * count);
            T* source = (T*)room.Pointer, destination = source + count;
            for (long c = first; c < end; c++)
            {
                Gather(Source + c * Length, apart, Images, Length, source);
                Moments[c] = OfRun(source, count, 0);
                Derive(c);
                (T scale, T shift) = Factors(Mean[c], Invstd[c], Weight, Bias, c);
                Segments.RowAffine(source, destination, count, scale, shift, 0);
                Scatter(destination, apart, Images, Length, Destination + c * Length);
            }
        }

        private static Moments OfRun(T* source, long count, long ahead) =>
            count <= FoldLoop.LongestDense ? VarianceFold<T>.Block(source, count, source + ahead) : FoldLoop.FoldRun<VarianceFold<T>, T, Moments, T>(default, source, 1, count);

        public readonly void Derive(long c)
        {
            double count = Moments[c].Count;
            T squares = T.CreateTruncating(Moments[c].Squares);
            Mean[c] = double.CreateTruncating(T.CreateTruncating(Moments[c].Mean));
            Variance[c] = double.CreateTruncating(squares / T.CreateTruncating(count - 1));
            Invstd[c] = 1 / Math.Sqrt(double.CreateTruncating(squares / T.CreateTruncating(count)) + Eps);
        }
    }

    /// <summary>Scale and shift of a channel, rounded where PyTorch rounds, so that the same digits come out.</summary>
    private static (T Scale, T Shift) Factors<T>(double mean, double invstd, T* weight, T* bias, long channel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(invstd) * (weight == null ? T.One : weight[channel]);
        return (scale, (bias == null ? T.Zero : bias[channel]) - T.CreateTruncating(mean) * scale);
    }

    /// <summary>destination = (source − mean) · invstd · weight + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<T>(T* source, T* destination, long images, long channels, long length, double* mean, double* invstd, T* weight, T* bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch room = Scratch.Rent<T>(2 * channels);
        T* scale = (T*)room.Pointer, shift = scale + channels;
        for (long c = 0; c < channels; c++)
            (scale[c], shift[c]) = Factors(mean[c], invstd[c], weight, bias, c);
        Segments.Affine(source, destination, images * channels, length, channels, scale, shift);
    }

    /// <summary>The gradients of input, weight and bias (each may be null); in training the statistics depend on the input.</summary>
    public static void Backward<T>(T* gradient, T* source, long images, long channels, long length, double* mean, double* invstd, T* weight, bool training,
        T* inputGradient, T* weightGradient, T* biasGradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch room = Scratch.Rent<double>(2 * channels);
        bool exact = training && images * length <= 64 && inputGradient != null;
        var body = new BackwardBody<T>
        {
            Gradient = gradient, Source = source, Images = images, Channels = channels, Length = length, PerChunk = PerChunk(images * length), Mean = mean, Invstd = invstd,
            Weight = weight, Training = training, InputGradient = exact ? null : inputGradient, WeightGradient = weightGradient, BiasGradient = biasGradient,
            Sums = (double*)room.Pointer, Products = (double*)room.Pointer + channels,
        };
        body.Order = new((channels + body.PerChunk - 1) / body.PerChunk);
        if (length > 1)
            WorkerPool.Run(body.Order.Count, ref body);
        else
            body.RunColumns();
        if (exact) Exact(gradient, source, images, channels, length, mean, invstd, weight, body.Sums, body.Products, inputGradient);
    }

    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Gradient, Source, Weight, InputGradient, WeightGradient, BiasGradient;
        public long Images, Channels, Length, PerChunk;
        public ChunkOrder Order;
        public double* Mean, Invstd, Sums, Products;
        public bool Training;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = Order[chunk] * PerChunk, end = Math.Min(Channels, first + PerChunk), ahead = Ahead<T>(PerChunk, Channels, Length);
            if (Gathers(Images, Length))
            {
                RunGathered(first, end);
                return;
            }
            for (long c = first; c < end; c++) Sums[c] = Products[c] = 0;
            for (long n = 0; n < Images; n++)
            {
                for (long c = first; c < end; c++)
                {
                    long at = (n * Channels + c) * Length;
                    (double sum, double product) = Segments.RowSums(Gradient + at, Source + at, Length, T.CreateTruncating(Mean[c]), ahead);
                    Sums[c] += sum;
                    Products[c] += product;
                }
            }
            for (long c = first; c < end; c++) StoreParameters(c);
            if (InputGradient == null) return;
            for (long n = 0; n < Images; n++)
            {
                for (long c = first; c < end; c++)
                {
                    long at = (n * Channels + c) * Length;
                    (T a, T b, T shift, T center) = Coefficients(c);
                    if (Training) Segments.RowCombine(Gradient + at, Source + at, InputGradient + at, Length, a, b, shift, center, ahead);
                    else Segments.RowAffine(Gradient + at, InputGradient + at, Length, a, shift, ahead);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunGathered(long first, long end)
        {
            long count = Images * Length, apart = Channels * Length;
            using Scratch room = Scratch.Rent<T>(3 * count);
            T* gradient = (T*)room.Pointer, source = gradient + count, result = source + count;
            for (long c = first; c < end; c++)
            {
                Gather(Gradient + c * Length, apart, Images, Length, gradient);
                Gather(Source + c * Length, apart, Images, Length, source);
                (Sums[c], Products[c]) = Segments.RowSums(gradient, source, count, T.CreateTruncating(Mean[c]), 0);
                StoreParameters(c);
                if (InputGradient == null) continue;
                (T a, T b, T shift, T center) = Coefficients(c);
                if (Training) Segments.RowCombine(gradient, source, result, count, a, b, shift, center, 0);
                else Segments.RowAffine(gradient, result, count, a, shift, 0);
                Scatter(result, apart, Images, Length, InputGradient + c * Length);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void RunColumns()
        {
            Columns.Sums(Gradient, Source, Images, Channels, Mean, Sums, Products);
            for (long c = 0; c < Channels; c++) StoreParameters(c);
            if (InputGradient == null) return;
            using Scratch factors = Scratch.Rent<T>(4 * Channels);
            T* a = (T*)factors.Pointer, b = a + Channels, shift = b + Channels, center = shift + Channels;
            for (long c = 0; c < Channels; c++) (a[c], b[c], shift[c], center[c]) = Coefficients(c);
            if (Training) Segments.Combine(Gradient, Source, InputGradient, Images * Channels, 1, Channels, a, b, shift, center);
            else Segments.Affine(Gradient, InputGradient, Images * Channels, 1, Channels, a, shift);
        }

        private readonly void StoreParameters(long c)
        {
            if (WeightGradient != null) WeightGradient[c] = T.CreateTruncating(Products[c] * Invstd[c]);
            if (BiasGradient != null) BiasGradient[c] = T.CreateTruncating(Sums[c]);
        }

        /// <summary>dx = a·g + b·(x − center) + shift, from scale·(g − mean(g) − x̂·mean(g·x̂)).</summary>
        private readonly (T A, T B, T Shift, T Center) Coefficients(long c)
        {
            double count = (double)Images * Length, scale = Invstd[c] * (Weight == null ? 1 : double.CreateTruncating(Weight[c]));
            T center = T.CreateTruncating(Mean[c]);
            if (!Training) return (T.CreateTruncating(scale), T.Zero, T.Zero, center);
            double slope = -scale * Products[c] * Invstd[c] * Invstd[c] / count;
            return (T.CreateTruncating(scale), T.CreateTruncating(slope), T.CreateTruncating(-scale * Sums[c] / count - slope * (Mean[c] - double.CreateTruncating(center))), center);
        }
    }

    // A few samples: what is left after subtracting the two means may be a thousandth of the gradient, so the difference is taken in double.
    private static void Exact<T>(T* gradient, T* source, long images, long channels, long length, double* mean, double* invstd, T* weight, double* sums, double* products, T* destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double count = (double)images * length;
        for (long s = 0; s < images * channels; s++)
        {
            long c = s % channels;
            double scale = invstd[c] * (weight == null ? 1 : double.CreateTruncating(weight[c])), slope = products[c] * invstd[c] * invstd[c] / count;
            for (long at = s * length; at < (s + 1) * length; at++)
            {
                double centered = double.CreateTruncating(source[at]) - mean[c];
                destination[at] = T.CreateTruncating((double.CreateTruncating(gradient[at]) - sums[c] / count - centered * slope) * scale);
            }
        }
    }
}
