using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Running folds along the middle of (outer, extent, inner) row-major memory. Floats accumulate in double, as PyTorch's do.</summary>
public static unsafe class ScanKernels
{
    /// <summary>destination[o, k, i] = source[o, 0, i] + … + source[o, k, i].</summary>
    public static void Sum(float* source, float* destination, long outer, long extent, long inner)
    {
        var body = new FloatSum { Source = source, Destination = destination, Extent = extent, Inner = inner };
        WorkerPool.Run((int)outer, ref body);
    }

    private struct FloatSum : IParallelBody
    {
        public float* Source, Destination;
        public long Extent, Inner;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            float* from = Source + chunk * Extent * Inner, to = Destination + chunk * Extent * Inner;
            if (Inner == 1)
            {
                Line(from, to, Extent);
                return;
            }
            using Scratch scratch = Scratch.Rent<double>(Inner);
            double* sums = (double*)scratch.Pointer;
            new Span<double>(sums, (int)Inner).Clear();
            for (long k = 0; k < Extent; k++)
                for (long i = 0; i < Inner; i++) to[k * Inner + i] = (float)(sums[i] += from[k * Inner + i]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Line(float* from, float* to, long count)
        {
            double sum = 0;
            long k = 0;
            if (Avx512F.IsSupported)
            {
                // Eight sums at a time: shifted copies of the vector are added, then the carry.
                Vector512<double> carry = Vector512<double>.Zero;
                Vector512<long> zero = Vector512<long>.Zero;
                Vector512<long> last = Vector512.Create(7L);
                for (; k <= count - 8; k += 8)
                {
                    Vector512<double> x = Avx512F.ConvertToVector512Double(Vector256.Load(from + k));
                    x += Avx512F.AlignRight64(x.AsInt64(), zero, 7).AsDouble();
                    x += Avx512F.AlignRight64(x.AsInt64(), zero, 6).AsDouble();
                    x += Avx512F.AlignRight64(x.AsInt64(), zero, 4).AsDouble();
                    x += carry;
                    Avx512F.ConvertToVector256Single(x).Store(to + k);
                    carry = Avx512F.PermuteVar8x64(x, last);
                }
                sum = carry.ToScalar();
            }
            for (; k < count; k++) to[k] = (float)(sum += from[k]);
        }
    }

    /// <summary>A running fold in the type itself.</summary>
    public static void Fold<TOp, T>(T* source, T* destination, long outer, long extent, long inner)
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        var body = new FoldBody<TOp, T> { Source = source, Destination = destination, Extent = extent, Inner = inner };
        WorkerPool.Run((int)outer, ref body);
    }

    private struct FoldBody<TOp, T> : IParallelBody
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        public T* Source, Destination;
        public long Extent, Inner;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            T* from = Source + chunk * Extent * Inner, to = Destination + chunk * Extent * Inner;
            if (Extent == 0) return;
            if (Inner == 1)
            {
                T running = *from;
                *to = running;
                for (long k = 1; k < Extent; k++) to[k] = running = TOp.Invoke(running, from[k]);
                return;
            }
            for (long i = 0; i < Inner; i++) to[i] = from[i];
            for (long k = 1; k < Extent; k++)
                for (long i = 0; i < Inner; i++) to[k * Inner + i] = TOp.Invoke(to[(k - 1) * Inner + i], from[k * Inner + i]);
        }
    }

    /// <summary>The running maximum (or minimum) and the last place where it stands; NaN stays once met.</summary>
    public static void Extreme<T>(T* source, T* values, long* indices, long outer, long extent, long inner, bool largest) where T : unmanaged, INumber<T>
    {
        for (long o = 0; o < outer; o++)
            for (long i = 0; i < inner; i++)
            {
                long start = o * extent * inner + i, place = 0;
                if (extent == 0) continue;
                T best = source[start];
                for (long k = 0; k < extent; k++)
                {
                    long at = start + k * inner;
                    T x = source[at];
                    if (T.IsNaN(x) || (!T.IsNaN(best) && (largest ? x >= best : x <= best))) (best, place) = (x, k);
                    values[at] = best;
                    indices[at] = place;
                }
            }
    }

    /// <summary>log(exp(source[0]) + … + exp(source[k])), without overflow.</summary>
    public static void LogSumExp<T>(T* source, T* destination, long outer, long extent, long inner) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long o = 0; o < outer; o++)
            for (long i = 0; i < inner; i++)
            {
                T running = T.NegativeInfinity;
                for (long k = 0; k < extent; k++)
                {
                    long at = (o * extent + k) * inner + i;
                    T x = source[at], high = T.Max(running, x), low = T.Min(running, x);
                    // Equal infinities, and NaN, are their own answer.
                    running = low == high && T.IsInfinity(low) || T.IsNaN(high) ? high : high + T.LogP1(T.Exp(low - high));
                    destination[at] = running;
                }
            }
    }
}
