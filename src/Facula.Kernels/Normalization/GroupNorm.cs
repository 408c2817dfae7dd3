using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Normalisation of groups of channels of each image (images × channels × length, row-major).</summary>
public static unsafe class GroupNorm
{
    /// <summary>destination = (source − mean) · rstd · weight + bias, with the statistics of each image's groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(T* source, T* destination, long images, long channels, long length, long groups, double eps, T* weight, T* bias, T* mean, T* rstd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Without parameters a group is one long channel.
        if (weight == null && bias == null) (channels, length) = (groups, channels / groups * length);
        long each = channels / groups, rows = images * groups;
        using Scratch room = Scratch.Rent<Moments>(rows);
        var moments = (Moments*)room.Pointer;
        Segments.Statistics(source, rows, each * length, moments);
        using Scratch factors = Scratch.Rent<T>(2 * images * channels);
        T* scale = (T*)factors.Pointer, shift = scale + images * channels;
        for (long row = 0; row < rows; row++)
        {
            double r = 1 / Math.Sqrt(moments[row].Squares / (each * length) + eps);
            mean[row] = T.CreateTruncating(moments[row].Mean);
            rstd[row] = T.CreateTruncating(r);
            for (long k = 0, channel = row % groups * each; k < each; k++, channel++)
            {
                long at = row * each + k;
                double a = r * (weight == null ? 1 : double.CreateTruncating(weight[channel]));
                scale[at] = T.CreateTruncating(a);
                shift[at] = T.CreateTruncating((bias == null ? 0 : double.CreateTruncating(bias[channel])) - moments[row].Mean * a);
            }
        }
        Segments.Affine(source, destination, images * channels, length, images * channels, scale, shift);
    }

    /// <summary>The gradients of input, weight and bias (each may be null).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(T* gradient, T* source, long images, long channels, long length, long groups, T* mean, T* rstd, T* weight,
        T* inputGradient, T* weightGradient, T* biasGradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weight == null && weightGradient == null && biasGradient == null) (channels, length) = (groups, channels / groups * length);
        long each = channels / groups, segments = images * channels;
        using Scratch room = Scratch.Rent<double>(3 * segments);
        double* sums = (double*)room.Pointer, products = sums + segments, center = products + segments;
        for (long row = 0, s = 0; row < images * groups; row++)
            for (long k = 0; k < each; k++) center[s++] = double.CreateTruncating(mean[row]);
        Segments.Sums(gradient, source, segments, length, segments, center, sums, products);
        for (long c = 0; c < channels && (weightGradient != null || biasGradient != null); c++)
        {
            double weightSum = 0, biasSum = 0;
            long group = c / each;
            for (long n = 0; n < images; n++)
            {
                long s = n * channels + c;
                weightSum += products[s] * double.CreateTruncating(rstd[n * groups + group]);
                biasSum += sums[s];
            }
            if (weightGradient != null) weightGradient[c] = T.CreateTruncating(weightSum);
            if (biasGradient != null) biasGradient[c] = T.CreateTruncating(biasSum);
        }
        if (inputGradient == null) return;

        using Scratch factors = Scratch.Rent<T>(4 * segments);
        T* a = (T*)factors.Pointer, b = a + segments, shift = b + segments, middle = shift + segments;
        double count = (double)each * length;
        for (long row = 0; row < images * groups; row++)
        {
            double r = double.CreateTruncating(rstd[row]), sum = 0, product = 0;
            long channel = row % groups * each;
            for (long k = 0; k < each; k++)
            {
                double w = weight == null ? 1 : double.CreateTruncating(weight[channel + k]);
                sum += w * sums[row * each + k];
                product += w * products[row * each + k];
            }
            double slope = -r * r * r * product / count;
            for (long k = 0; k < each; k++)
            {
                long s = row * each + k;
                a[s] = T.CreateTruncating(r * (weight == null ? 1 : double.CreateTruncating(weight[channel + k])));
                b[s] = T.CreateTruncating(slope);
                shift[s] = T.CreateTruncating(-r * sum / count);
                middle[s] = T.CreateTruncating(center[s]);
            }
        }
        Segments.Combine(gradient, source, inputGradient, segments, length, segments, a, b, shift, middle);
    }
}
