using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    private const int SlopeBlock = 1024;

    /// <summary>1 where an element of the source is positive (or no number), else a slope from [lower, upper), drawn in the elements' order with 53 bits.</summary>
    [SkipLocalsInit]
    public static void Slopes<T>(RandomStream stream, T* source, T* destination, long count, double lower, double upper) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double* drawn = stackalloc double[SlopeBlock];
        T* slopes = stackalloc T[SlopeBlock];
        for (long start = 0; start < count; start += SlopeBlock)
        {
            int length = (int)Math.Min(SlopeBlock, count - start), wanted = Wanted(source + start, length);
            Uniform(stream, drawn, wanted, 0, 1);
            Scaled(drawn, slopes, wanted, lower, upper - lower);
            Spread(source + start, destination + start, length, slopes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Wanted<T>(T* source, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int wanted = 0, i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            wanted += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Load(source + i), Vector512<T>.Zero).ExtractMostSignificantBits());
        for (; i < count; i++) wanted += source[i] <= T.Zero ? 1 : 0;
        return wanted;
    }

    // Product and sum are rounded each by itself, as PyTorch's are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scaled<T>(double* drawn, T* slopes, int count, double lower, double range) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector512<double> low = Vector512.Load(drawn + i) * Vector512.Create(range), high = Vector512.Load(drawn + i + 8) * Vector512.Create(range);
            low += Vector512.Create(lower);
            high += Vector512.Create(lower);
            if (typeof(T) == typeof(float)) NarrowLanes.Narrow(low, high).Store((float*)(slopes + i));
            else
            {
                low.Store((double*)(slopes + i));
                high.Store((double*)(slopes + i + 8));
            }
        }
        for (; i < count; i++) slopes[i] = T.CreateTruncating(drawn[i] * range + lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<T>(T* source, T* destination, int count, T* slopes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Avx512F.IsSupported && typeof(T) == typeof(float))
            for (; i <= count - 16; i += 16)
            {
                Vector512<float> takes = Vector512.LessThanOrEqual(Vector512.Load((float*)(source + i)), Vector512<float>.Zero);
                Avx512F.ExpandLoad((float*)slopes, takes, Vector512<float>.One).Store((float*)(destination + i));
                slopes += BitOperations.PopCount(takes.ExtractMostSignificantBits());
            }
        for (; i < count; i++) destination[i] = source[i] <= T.Zero ? *slopes++ : T.One;
    }
}
