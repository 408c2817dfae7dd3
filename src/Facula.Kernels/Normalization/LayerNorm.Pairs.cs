using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class LayerNorm
{
    // As Spread, two rows of whole vectors at once: the sums of the parameters are read and written half as often, and what waits for the means of one row is
    // spent on the other. The order of all additions is the same.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpreadPair<T>(T* gradient, T* source, T* weight, T* destination, T* weightSums, long count, T* mean, T* rstd) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> m0 = Vector512.Create(mean[0]), m1 = Vector512.Create(mean[1]), r0 = Vector512.Create(rstd[0]), r1 = Vector512.Create(rstd[1]);
        Vector512<T> sums0 = default, sums1 = default, products0 = default, products1 = default;
        int width = Vector512<T>.Count;
        T* biasSums = weightSums + count;
        for (long i = 0; i < count; i += width)
        {
            // The lines that the second pass writes.
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(destination + i);
                Sse.Prefetch0(destination + count + i);
            }
            Vector512<T> g0 = Vector512.Load(gradient + i), slope0 = g0 * ((Vector512.Load(source + i) - m0) * r0);
            Vector512<T> g1 = Vector512.Load(gradient + count + i), slope1 = g1 * ((Vector512.Load(source + count + i) - m1) * r1);
            if (weightSums != null)
            {
                (Vector512.Load(weightSums + i) + slope0 + slope1).Store(weightSums + i);
                (Vector512.Load(biasSums + i) + g0 + g1).Store(biasSums + i);
            }
            if (weight != null)
            {
                Vector512<T> w = Vector512.Load(weight + i);
                (g0, slope0, g1, slope1) = (g0 * w, slope0 * w, g1 * w, slope1 * w);
            }
            sums0 += g0;
            products0 += slope0;
            sums1 += g1;
            products1 += slope1;
        }
        T n = T.CreateTruncating(count);
        Vector512<T> s0 = Vector512.Create(Vector512.Sum(sums0) / n), p0 = Vector512.Create(Vector512.Sum(products0) / n);
        Vector512<T> s1 = Vector512.Create(Vector512.Sum(sums1) / n), p1 = Vector512.Create(Vector512.Sum(products1) / n);
        for (long i = 0; i < count; i += width)
        {
            // Lines of the next two rows.
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(gradient + 2 * count + i);
                Sse.Prefetch0(gradient + 3 * count + i);
                Sse.Prefetch0(source + 2 * count + i);
                Sse.Prefetch0(source + 3 * count + i);
            }
            Vector512<T> g0 = Vector512.Load(gradient + i), g1 = Vector512.Load(gradient + count + i);
            if (weight != null)
            {
                Vector512<T> w = Vector512.Load(weight + i);
                (g0, g1) = (g0 * w, g1 * w);
            }
            ((g0 - s0 - (Vector512.Load(source + i) - m0) * r0 * p0) * r0).Store(destination + i);
            ((g1 - s1 - (Vector512.Load(source + count + i) - m1) * r1 * p1) * r1).Store(destination + count + i);
        }
    }
}
