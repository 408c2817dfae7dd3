using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>
/// Loops of normalisation over dense segments: segment s of <c>length</c> elements uses the coefficients of group s mod <c>groups</c>
/// (a channel of every image), or of element j when <c>length</c> is 1 and the groups are the columns.
/// </summary>
public static unsafe class Segments
{
    /// <summary>destination = source · scale[group] + shift[group].</summary>
    public static void Affine<T>(T* source, T* destination, long segments, long length, long groups, T* scale, T* shift) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { X = source, Result = destination, Length = length, Groups = groups, A = scale, B = shift };
        body.Run(segments);
    }

    /// <summary>destination = a[group] · gradient + b[group] · (source − center[group]) + c[group].</summary>
    public static void Combine<T>(T* gradient, T* source, T* destination, long segments, long length, long groups, T* a, T* b, T* c, T* center) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { X = source, Gradient = gradient, Result = destination, Length = length, Groups = groups, A = a, B = b, C = c, Center = center };
        body.Run(segments);
    }

    /// <summary>Per segment: the sum of the gradient and of gradient · (source − center[group]).</summary>
    public static void Sums<T>(T* gradient, T* source, long segments, long length, long groups, double* center, double* sums, double* products) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new SumsBody<T> { X = source, Gradient = gradient, Length = length, Groups = groups, Center = center, Sum = sums, Product = products };
        body.Run(segments);
    }

    /// <summary>Count, mean and squared deviations of each segment.</summary>
    public static void Statistics<T>(T* source, long segments, long length, Moments* moments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new StatisticsBody<T> { X = source, Length = length, Result = moments };
        body.Run(segments);
    }

    private static long PerChunk(long segments, long length) => Math.Max(Math.Max(1, segments / 512), PointwiseGrain.Light / Math.Max(1, length));

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* X, Gradient, Result, A, B, C, Center;
        public long Length, Groups;
        private long _segments, _perChunk;

        public void Run(long segments)
        {
            if (segments * Length == 0) return;
            _segments = segments;
            _perChunk = PerChunk(segments, Length);
            // Columns: whole rows per chunk.
            if (Length == 1) _perChunk = (_perChunk + Groups - 1) / Groups * Groups;
            WorkerPool.Run((int)((segments + _perChunk - 1) / _perChunk), ref this);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = chunk * _perChunk, last = Math.Min(_segments, first + _perChunk);
            if (Length == 1)
            {
                for (long row = first; row < last; row += Groups)
                {
                    if (Gradient == null) ColumnAffine(X + row, Result + row, Groups, A, B);
                    else ColumnCombine(Gradient + row, X + row, Result + row, Groups, A, B, C, Center);
                }
                return;
            }
            // A division takes as long as a short segment.
            long g = first % Groups;
            for (long s = first; s < last; s++, g = g + 1 == Groups ? 0 : g + 1)
            {
                long at = s * Length;
                if (Gradient == null) RowAffine(X + at, Result + at, Length, A[g], B[g], Ahead<T>());
                else RowCombine(Gradient + at, X + at, Result + at, Length, A[g], B[g], C[g], Center[g], Ahead<T>());
            }
        }
    }

    private struct SumsBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* X, Gradient;
        public double* Center, Sum, Product;
        public long Length, Groups;
        private long _segments, _perChunk;

        public void Run(long segments)
        {
            _segments = segments;
            _perChunk = PerChunk(segments, Length);
            WorkerPool.Run((int)((segments + _perChunk - 1) / _perChunk), ref this);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(_segments, (chunk + 1) * _perChunk);
            long first = chunk * _perChunk, g = first % Groups;
            for (long s = first; s < last; s++, g = g + 1 == Groups ? 0 : g + 1)
                (Sum[s], Product[s]) = RowSums(Gradient + s * Length, X + s * Length, Length, T.CreateTruncating(Center[g]), 0);
        }
    }

    private struct StatisticsBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* X;
        public Moments* Result;
        public long Length;
        private long _segments, _perChunk;

        public void Run(long segments)
        {
            _segments = segments;
            _perChunk = PerChunk(segments, Length);
            WorkerPool.Run((int)((segments + _perChunk - 1) / _perChunk), ref this);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(_segments, (chunk + 1) * _perChunk);
            for (long s = chunk * _perChunk; s < last; s++)
                Result[s] = FoldLoop.FoldRun<VarianceFold<T>, T, Moments, T>(default, X + s * Length, 1, Length);
        }
    }

    // So far ahead of its turn a line is asked for where segments follow each other.
    private static long Ahead<T>() where T : unmanaged => WideStore.Ahead / sizeof(T);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<T>(T* line) where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(line);
    }

    // x · a + b, rounded once, as PyTorch's compiler has it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Fused<T>(Vector512<T> x, Vector512<T> a, Vector512<T> b) where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.AsSingle(), a.AsSingle(), b.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.AsDouble(), a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RowAffine<T>(T* source, T* destination, long count, T scale, T shift, long ahead) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> a = Vector512.Create(scale), b = Vector512.Create(shift);
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Ask(destination + i + ahead);
            Fused(Vector512.Load(source + i), a, b).Store(destination + i);
        }
        for (; i < count; i++) destination[i] = T.FusedMultiplyAdd(source[i], scale, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnAffine<T>(T* source, T* destination, long count, T* scale, T* shift) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) Fused(Vector512.Load(source + i), Vector512.Load(scale + i), Vector512.Load(shift + i)).Store(destination + i);
        for (; i < count; i++) destination[i] = T.FusedMultiplyAdd(source[i], scale[i], shift[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RowCombine<T>(T* gradient, T* source, T* destination, long count, T a, T b, T c, T center, long ahead) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> va = Vector512.Create(a), vb = Vector512.Create(b), vc = Vector512.Create(c), middle = Vector512.Create(center);
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Ask(destination + i + ahead);
            (Vector512.Load(gradient + i) * va + ((Vector512.Load(source + i) - middle) * vb + vc)).Store(destination + i);
        }
        for (; i < count; i++) destination[i] = gradient[i] * a + ((source[i] - center) * b + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnCombine<T>(T* gradient, T* source, T* destination, long count, T* a, T* b, T* c, T* center) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            (Vector512.Load(gradient + i) * Vector512.Load(a + i) + ((Vector512.Load(source + i) - Vector512.Load(center + i)) * Vector512.Load(b + i) + Vector512.Load(c + i))).Store(destination + i);
        for (; i < count; i++) destination[i] = gradient[i] * a[i] + ((source[i] - center[i]) * b[i] + c[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Sum, double Product) RowSums<T>(T* gradient, T* source, long count, T center, long ahead) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0, product = 0;
        long i = 0;
        int width = Vector512<T>.Count;
        Vector512<T> middle = Vector512.Create(center);
        // Blocks keep the sums of a long segment accurate.
        while (i <= count - 2 * width)
        {
            Vector512<T> s0 = default, s1 = default, p0 = default, p1 = default;
            long end = Math.Min(count, i + 4096);
            for (; i <= end - 2 * width; i += 2 * width)
            {
                Ask(gradient + i + ahead);
                Ask(gradient + i + width + ahead);
                Ask(source + i + ahead);
                Ask(source + i + width + ahead);
                Vector512<T> g0 = Vector512.Load(gradient + i), g1 = Vector512.Load(gradient + i + width);
                s0 += g0;
                s1 += g1;
                p0 += g0 * (Vector512.Load(source + i) - middle);
                p1 += g1 * (Vector512.Load(source + i + width) - middle);
            }
            if (i <= count - width && i > count - 2 * width)
            {
                Vector512<T> g0 = Vector512.Load(gradient + i);
                s0 += g0;
                p0 += g0 * (Vector512.Load(source + i) - middle);
                i += width;
            }
            sum += double.CreateTruncating(Vector512.Sum(s0 + s1));
            product += double.CreateTruncating(Vector512.Sum(p0 + p1));
        }
        for (; i < count; i++)
        {
            sum += double.CreateTruncating(gradient[i]);
            product += double.CreateTruncating(gradient[i]) * double.CreateTruncating(source[i] - center);
        }
        return (sum, product);
    }
}
