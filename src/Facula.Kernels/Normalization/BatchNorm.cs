using System.Numerics;

namespace Facula.Kernels;

/// <summary>Normalisation of channels over images and positions (images × channels × length, row-major).</summary>
public static unsafe class BatchNorm
{
    /// <summary>Mean and sum of squared deviations of each channel.</summary>
    public static void Statistics<T>(T* source, long images, long channels, long length, double* mean, double* squares) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (length > 1)
        {
            using Scratch room = Scratch.Rent<Moments>(images * channels);
            var moments = (Moments*)room.Pointer;
            Segments.Statistics(source, images * channels, length, moments);
            for (long c = 0; c < channels; c++)
            {
                Moments total = moments[c];
                for (long n = 1; n < images; n++) total = Moments.Merge(total, moments[n * channels + c]);
                mean[c] = total.Mean;
                squares[c] = total.Squares;
            }
            return;
        }
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
            mean[c] += shift;
            squares[c] = Math.Max(0, squares[c] - rest[c] * shift);
        }
    }

    /// <summary>destination = (source − mean) · invstd · weight + bias.</summary>
    public static void Apply<T>(T* source, T* destination, long images, long channels, long length, double* mean, double* invstd, T* weight, T* bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch room = Scratch.Rent<T>(2 * channels);
        T* scale = (T*)room.Pointer, shift = scale + channels;
        for (long c = 0; c < channels; c++)
        {
            // Rounded where PyTorch rounds, so that the same digits come out.
            scale[c] = T.CreateTruncating(invstd[c]) * (weight == null ? T.One : weight[c]);
            shift[c] = (bias == null ? T.Zero : bias[c]) - T.CreateTruncating(mean[c]) * scale[c];
        }
        Segments.Affine(source, destination, images * channels, length, channels, scale, shift);
    }

    /// <summary>The gradients of input, weight and bias (each may be null); in training the statistics depend on the input.</summary>
    public static void Backward<T>(T* gradient, T* source, long images, long channels, long length, double* mean, double* invstd, T* weight, bool training,
        T* inputGradient, T* weightGradient, T* biasGradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch room = Scratch.Rent<double>(2 * channels);
        double* sums = (double*)room.Pointer, products = sums + channels;
        if (length > 1)
        {
            long segments = images * channels;
            using Scratch parts = Scratch.Rent<double>(2 * segments);
            double* partSums = (double*)parts.Pointer, partProducts = partSums + segments;
            Segments.Sums(gradient, source, segments, length, channels, mean, partSums, partProducts);
            for (long c = 0; c < channels; c++)
            {
                sums[c] = products[c] = 0;
                for (long n = 0; n < images; n++)
                {
                    sums[c] += partSums[n * channels + c];
                    products[c] += partProducts[n * channels + c];
                }
            }
        }
        else Columns.Sums(gradient, source, images, channels, mean, sums, products);
        for (long c = 0; c < channels; c++)
        {
            if (weightGradient != null) weightGradient[c] = T.CreateTruncating(products[c] * invstd[c]);
            if (biasGradient != null) biasGradient[c] = T.CreateTruncating(sums[c]);
        }
        if (inputGradient == null) return;
        if (training && images * length <= 64)
        {
            Exact(gradient, source, images, channels, length, mean, invstd, weight, sums, products, inputGradient);
            return;
        }

        // dx = a·g + b·(x − mean) + c, from a·(g − mean(g) − x̂·mean(g·x̂)).
        using Scratch factors = Scratch.Rent<T>(4 * channels);
        T* a = (T*)factors.Pointer, b = a + channels, shift = b + channels, center = shift + channels;
        double count = (double)images * length;
        for (long c = 0; c < channels; c++)
        {
            double scale = invstd[c] * (weight == null ? 1 : double.CreateTruncating(weight[c]));
            double slope = training ? -scale * products[c] * invstd[c] * invstd[c] / count : 0;
            a[c] = T.CreateTruncating(scale);
            b[c] = T.CreateTruncating(slope);
            shift[c] = T.CreateTruncating(training ? -scale * sums[c] / count - slope * (mean[c] - double.CreateTruncating(T.CreateTruncating(mean[c]))) : 0);
            center[c] = T.CreateTruncating(mean[c]);
        }
        if (training) Segments.Combine(gradient, source, inputGradient, images * channels, length, channels, a, b, shift, center);
        else Segments.Affine(gradient, inputGradient, images * channels, length, channels, a, shift);
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
