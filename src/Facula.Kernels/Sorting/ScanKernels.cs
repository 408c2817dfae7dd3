using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Running folds along the middle of (outer, extent, inner) row-major memory. Floats accumulate in double, as PyTorch's do.</summary>
public static unsafe class ScanKernels
{
    /// <summary>Running sums (or products, as the operation is) of floats, kept in double.</summary>
    public static void Wide<TOp>(float* source, float* destination, long outer, long extent, long inner) where TOp : struct, ICombine
    {
        var body = new WideBody<TOp> { Source = source, Destination = destination, Extent = extent, Inner = inner };
        WorkerPool.Run((int)outer, ref body);
    }

    private struct WideBody<TOp> : IParallelBody where TOp : struct, ICombine
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
            double* running = (double*)scratch.Pointer;
            new Span<double>(running, (int)Inner).Fill(Neutral<TOp>());
            for (long k = 0; k < Extent; k++)
                for (long i = 0; i < Inner; i++) to[k * Inner + i] = (float)(running[i] = TOp.Invoke(running[i], from[k * Inner + i]));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Line(float* from, float* to, long count)
        {
            double running = Neutral<TOp>();
            long k = 0;
            if (Avx512F.IsSupported)
            {
                Vector512<double> carry = Vector512.Create(running);
                for (; k <= count - 8; k += 8)
                {
                    // The carry waits for one operation a vector only: what it becomes is the last lane's result all the same.
                    Vector512<double> x = Prefixes<TOp>(Avx512F.ConvertToVector512Double(Vector256.Load(from + k)));
                    Avx512F.ConvertToVector256Single(Combine<TOp>(x, carry)).Store(to + k);
                    carry = Combine<TOp>(Avx512F.PermuteVar8x64(x, Vector512.Create(7L)), carry);
                }
                running = carry.ToScalar();
            }
            for (; k < count; k++) to[k] = (float)(running = TOp.Invoke(running, from[k]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Neutral<TOp>() => typeof(TOp) == typeof(CombineMultiply) ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Combine<TOp>(Vector512<double> left, Vector512<double> right) => typeof(TOp) == typeof(CombineMultiply) ? left * right : left + right;

    /// <summary>The fold of each element with those before it in the vector: shifted copies are combined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Prefixes<TOp>(Vector512<double> x)
    {
        Vector512<long> neutral = Vector512.Create(Neutral<TOp>()).AsInt64();
        x = Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 7).AsDouble());
        x = Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 6).AsDouble());
        return Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 4).AsDouble());
    }

    /// <summary>Running sums of doubles along memory, eight at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumLine(double* from, double* to, long count)
    {
        double sum = 0;
        long k = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<double> carry = Vector512<double>.Zero;
            for (; k <= count - 8; k += 8)
            {
                Vector512<double> x = Prefixes<CombineAdd>(Vector512.Load(from + k));
                (x + carry).Store(to + k);
                carry += Avx512F.PermuteVar8x64(x, Vector512.Create(7L));
            }
            sum = carry.ToScalar();
        }
        for (; k < count; k++) to[k] = sum += from[k];
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
            if (Inner == 1 && typeof(T) == typeof(double) && typeof(TOp) == typeof(CombineAdd))
            {
                SumLine((double*)from, (double*)to, Extent);
                return;
            }
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
        var body = new ExtremeBody<T> { Source = source, Values = values, Indices = indices, Extent = extent, Inner = inner, Largest = largest };
        WorkerPool.Run((int)outer, ref body);
    }

    private struct ExtremeBody<T> : IParallelBody where T : unmanaged, INumber<T>
    {
        public T* Source, Values;
        public long* Indices;
        public long Extent, Inner;
        public bool Largest;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            if (Extent == 0) return;
            long start = chunk * Extent * Inner;
            if (Inner == 1)
            {
                if (Largest) Line<Ascending>(Source + start, Values + start, Indices + start);
                else Line<Descending>(Source + start, Values + start, Indices + start);
                return;
            }
            // Row after row along memory: what stands in the row before is the best so far.
            new Span<T>(Source + start, (int)Inner).CopyTo(new Span<T>(Values + start, (int)Inner));
            new Span<long>(Indices + start, (int)Inner).Clear();
            for (long k = 1; k < Extent; k++)
            {
                long at = start + k * Inner;
                if (Largest) Row<Ascending>(Source + at, Values + at, Indices + at, Inner, k);
                else Row<Descending>(Source + at, Values + at, Indices + at, Inner, k);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Row<TOrder>(T* source, T* values, long* indices, long inner, long k) where TOrder : struct, IOrder
        {
            for (long i = 0; i < inner; i++)
            {
                T x = source[i], best = values[i - inner];
                bool takes = TOrder.Reaches(x, best) || T.IsNaN(x);
                values[i] = takes ? x : best;
                indices[i] = takes ? k : indices[i - inner];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line<TOrder>(T* source, T* values, long* indices) where TOrder : struct, IOrder
        {
            T best = *source;
            long place = 0, k = 0;
            for (; k < Extent; k++)
            {
                T x = source[k];
                if (TOrder.Reaches(x, best)) (best, place) = (x, k);
                else if (T.IsNaN(x)) break;
                values[k] = best;
                indices[k] = place;
            }
            for (; k < Extent; k++)
            {
                if (T.IsNaN(source[k])) (best, place) = (source[k], k);
                values[k] = best;
                indices[k] = place;
            }
        }
    }

    private interface IOrder
    {
        static abstract bool Reaches<T>(T value, T best) where T : INumber<T>;
    }

    private readonly struct Ascending : IOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Reaches<T>(T value, T best) where T : INumber<T> => value >= best;
    }

    private readonly struct Descending : IOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Reaches<T>(T value, T best) where T : INumber<T> => value <= best;
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
