using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Running folds along the middle of (outer, extent, inner) row-major memory. Floats accumulate in double, as PyTorch's do.</summary>
public static unsafe partial class ScanKernels
{
    // Columns that one pass carries along: their running values stay in the first cache.
    private const long Columns = 512;
    private const long PerChunk = 16 * 1024;

    /// <summary>Pieces of work that do not meet: all lines of a block of columns.</summary>
    private readonly struct Pieces(long outer, long extent, long inner)
    {
        private readonly long _parts = Math.Max(1, (inner + Columns - 1) / Columns);
        private readonly long _perChunk = Math.Max(1, PerChunk / Math.Max(1, extent * Math.Min(inner, Columns)));

        private long Count => outer * _parts;

        public int Chunks => extent == 0 || inner == 0 ? 0 : (int)((Count + _perChunk - 1) / _perChunk);

        public (long First, long End) Range(int chunk) => (chunk * _perChunk, Math.Min(Count, (chunk + 1) * _perChunk));

        /// <summary>Where a piece begins, and how many columns it has.</summary>
        public (long Start, long Width) this[long piece] =>
            // A division takes as long as a short line.
            _parts == 1 ? (piece * extent * inner, inner) : (piece / _parts * extent * inner + piece % _parts * Columns, Math.Min(Columns, inner - piece % _parts * Columns));
    }

    /// <summary>Running sums (or products, as the operation is) of floats, kept in double.</summary>
    public static void Wide<TOp>(float* source, float* destination, long outer, long extent, long inner) where TOp : struct, ICombine
    {
        if (typeof(TOp) == typeof(CombineAdd) && inner == 1 && extent >= LongLine)
        {
            LongSums(source, destination, outer, extent);
            return;
        }
        var body = new WideBody<TOp> { Source = source, Destination = destination, Extent = extent, Inner = inner, Pieces = new(outer, extent, inner) };
        WorkerPool.Run(body.Pieces.Chunks, ref body);
    }

    private struct WideBody<TOp> : IParallelBody where TOp : struct, ICombine
    {
        public float* Source, Destination;
        public long Extent, Inner;
        public Pieces Pieces;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long first, long end) = Pieces.Range(chunk);
            if (Inner == 1 && Extent < 16)
            {
                ShortLines(Source + first * Extent, Destination + first * Extent, end - first, Extent);
                return;
            }
            for (long piece = first; piece < end; piece++)
            {
                (long start, long width) = Pieces[piece];
                if (Inner == 1) Line<TOp, float>(Source + start, Destination + start, Extent, Neutral<TOp>());
                else Block(Source + start, Destination + start, Extent, Inner, width);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ShortLines(float* from, float* to, long lines, long count)
        {
            if (Avx.IsSupported)
            {
                // Four lines together, a lane for each: their chains of additions overlap.
                for (; lines >= 4; lines -= 4, from += 4 * count, to += 4 * count)
                {
                    Vector256<double> running = Vector256.Create(Neutral<TOp>());
                    for (long k = 0; k < count; k++)
                    {
                        Vector256<double> x = Avx.ConvertToVector256Double(Vector128.Create(from[k], from[count + k], from[2 * count + k], from[3 * count + k]));
                        running = typeof(TOp) == typeof(CombineMultiply) ? running * x : running + x;
                        Vector128<float> sums = Avx.ConvertToVector128Single(running);
                        to[k] = sums.ToScalar();
                        to[count + k] = sums.GetElement(1);
                        to[2 * count + k] = sums.GetElement(2);
                        to[3 * count + k] = sums.GetElement(3);
                    }
                }
            }
            for (; lines > 0; lines--, from += count, to += count)
            {
                double running = Neutral<TOp>();
                for (long k = 0; k < count; k++) to[k] = (float)(running = TOp.Invoke(running, from[k]));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
        private static void Block(float* from, float* to, long extent, long inner, long width)
        {
            double* running = stackalloc double[(int)Columns];
            new Span<double>(running, (int)width).Fill(Neutral<TOp>());
            for (long k = 0; k < extent; k++, from += inner, to += inner)
            {
                long i = 0;
                if (Avx512F.IsSupported)
                {
                    for (; i <= width - 8; i += 8)
                    {
                        // Of the next row, which may lie in another page, one line of each for two vectors.
                        Sse.Prefetch0((i & 8) == 0 ? from + inner + i : to + inner + i);
                        Vector512<double> x = Combine<TOp>(Vector512.Load(running + i), Avx512F.ConvertToVector512Double(Vector256.Load(from + i)));
                        x.Store(running + i);
                        Avx512F.ConvertToVector256Single(x).Store(to + i);
                    }
                }
                if (Avx.IsSupported)
                {
                    for (; i <= width - 4; i += 4)
                    {
                        Vector256<double> x = Vector256.Load(running + i), y = Avx.ConvertToVector256Double(Vector128.Load(from + i));
                        x = typeof(TOp) == typeof(CombineMultiply) ? x * y : x + y;
                        x.Store(running + i);
                        Avx.ConvertToVector128Single(x).Store(to + i);
                    }
                }
                for (; i < width; i++) to[i] = (float)(running[i] = TOp.Invoke(running[i], from[i]));
            }
        }
    }

    /// <summary>A running fold in the type itself.</summary>
    public static void Fold<TOp, T>(T* source, T* destination, long outer, long extent, long inner)
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        var body = new FoldBody<TOp, T> { Source = source, Destination = destination, Extent = extent, Inner = inner, Pieces = new(outer, extent, inner) };
        WorkerPool.Run(body.Pieces.Chunks, ref body);
    }

    private struct FoldBody<TOp, T> : IParallelBody
        where TOp : struct, ICombine
        where T : unmanaged, INumberBase<T>
    {
        public T* Source, Destination;
        public long Extent, Inner;
        public Pieces Pieces;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long piece, long end) = Pieces.Range(chunk);
            for (; piece < end; piece++)
            {
                (long start, long width) = Pieces[piece];
                T* from = Source + start, to = Destination + start;
                if (Inner == 1 && typeof(T) == typeof(double) && typeof(TOp) == typeof(CombineAdd))
                {
                    Line<CombineAdd, double>((double*)from, (double*)to, Extent, 0);
                    continue;
                }
                if (Inner == 1 && typeof(T) == typeof(long) && typeof(TOp) == typeof(CombineAdd))
                {
                    WholeLine((long*)from, (long*)to, Extent);
                    continue;
                }
                if (Inner == 1)
                {
                    T running = *from;
                    *to = running;
                    for (long k = 1; k < Extent; k++) to[k] = running = TOp.Invoke(running, from[k]);
                    continue;
                }
                for (long i = 0; i < width; i++) to[i] = from[i];
                for (long k = 1; k < Extent; k++)
                {
                    from += Inner;
                    T* before = to;
                    to += Inner;
                    long i = 0;
                    if (Vector512<T>.IsSupported && typeof(TOp) == typeof(CombineAdd))
                        for (; i <= width - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(before + i) + Vector512.Load(from + i)).Store(to + i);
                    for (; i < width; i++) to[i] = TOp.Invoke(before[i], from[i]);
                }
            }
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
}
