using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>p-norms of the differences of rows.</summary>
public static unsafe class RowDistances
{
    /// <summary>destination[b, i, j] = ‖first[b, i] − second[b, j]‖; all row-major.</summary>
    public static void All<T>(T* first, T* second, T* destination, long batch, long m, long n, long width, double p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batch * m * n == 0) return;
        var body = new Body<T> { First = first, Second = second, Destination = destination, Rows = batch * m, M = m, N = n, Width = width, Order = p };
        body.PerChunk = Math.Max(1, PointwiseGrain.Light / Math.Max(1, n * width));
        using Scratch turned = body.Turn(batch);
        WorkerPool.Run((int)((body.Rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>destination[b, i, j] = ‖first[b, i] − second[b, j]‖₂, where the products of the rows stand in the destination; all row-major.</summary>
    public static void FromProducts<T>(T* first, T* second, T* destination, long batch, long m, long n, long width) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batch * m * n == 0) return;
        using Scratch scratch = Scratch.Rent<T>(batch * n);
        T* lengths = (T*)scratch.Pointer;
        for (long j = 0; j < batch * n; j++) lengths[j] = SquaredLength(second + j * width, width);
        var body = new ProductBody<T> { First = first, Lengths = lengths, Destination = destination, Rows = batch * m, M = m, N = n, Width = width };
        body.PerChunk = Math.Max(1, PointwiseGrain.Light / n);
        WorkerPool.Run((int)((body.Rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct ProductBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* First, Lengths, Destination;
        public long Rows, M, N, Width, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Rows, (chunk + 1) * PerChunk), n = N;
            T two = T.One + T.One;
            for (long row = chunk * PerChunk; row < last; row++)
            {
                T own = SquaredLength(First + row * Width, Width);
                T* lengths = Lengths + row / M * n, to = Destination + row * n;
                Vector512<T> all = Vector512.Create(own), twice = Vector512.Create(two);
                long j = 0;
                for (; j <= n - Vector512<T>.Count; j += Vector512<T>.Count)
                    Vector512.Sqrt(Vector512.Max(Vector512<T>.Zero, all + Vector512.Load(lengths + j) - twice * Vector512.Load(to + j))).Store(to + j);
                for (; j < n; j++) to[j] = T.Sqrt(T.Max(T.Zero, own + lengths[j] - two * to[j]));
            }
        }
    }

    /// <summary>destination = ‖source[i] − source[j]‖ of all pairs i &lt; j of rows, one after the other.</summary>
    public static void Pairs<T>(T* source, T* destination, long rows, long width, double p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new PairsBody<T> { Source = source, Destination = destination, Rows = rows, Width = width, Order = p };
        body.PerChunk = Math.Max(1, PointwiseGrain.Light / Math.Max(1, rows * width / 2));
        bool lanes = RowDistanceLanes.Takes<T>(rows, width, p);
        using Scratch turned = lanes ? Scratch.Rent<T>(RowDistanceLanes.Room<T>(rows, width)) : default;
        body.Tiles = (T*)turned.Pointer;
        if (lanes) RowDistanceLanes.Turn(source, rows, width, body.Tiles);
        WorkerPool.Run((int)((rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>
    /// full[i, j] = full[j, i] = the element of the pair i &lt; j in <paramref name="pairs"/>, and 0 on the diagonal.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<T>(T* pairs, long rows, T* full) where T : unmanaged
    {
        for (long i = 0; i < rows; i++)
        {
            full[i * rows + i] = default;
            for (long j = i + 1; j < rows; j++) full[i * rows + j] = full[j * rows + i] = *pairs++;
        }
    }

    private struct PairsBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Destination, Tiles;
        public long Rows, Width, PerChunk;
        public double Order;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Rows, (chunk + 1) * PerChunk);
            using Scratch room = Tiles == null ? default : Scratch.Rent<T>(RowDistanceLanes.Whole<T>(Rows));
            T* line = (T*)room.Pointer;
            for (long i = chunk * PerChunk; i < last; i++)
            {
                T* x = Source + i * Width, to = Destination + i * (2 * Rows - i - 1) / 2;
                if (Tiles != null)
                {
                    RowDistanceLanes.Line(x, Tiles, Width, i + 1, Rows, Order, line);
                    new ReadOnlySpan<T>(line + i + 1, (int)(Rows - i - 1)).CopyTo(new Span<T>(to, (int)(Rows - i - 1)));
                    continue;
                }
                for (long j = i + 1; j < Rows; j++)
                    *to++ = Order == 2 ? Euclidean(x, Source + j * Width, Width) : General(x, Source + j * Width, Width, Order);
            }
        }
    }

    private static T SquaredLength<T>(T* x, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        long i = 0;
        if (count >= Vector512<T>.Count)
        {
            Vector512<T> squares = default;
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) squares += Vector512.Load(x + i) * Vector512.Load(x + i);
            sum = Vector512.Sum(squares);
        }
        for (; i < count; i++) sum += x[i] * x[i];
        return sum;
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* First, Second, Destination;
        public long Rows, M, N, Width, PerChunk;
        public double Order;
        private T* _tiles;
        private long _tile;

        /// <summary>Turns the second rows of each batch where that is worth it.</summary>
        public Scratch Turn(long batch)
        {
            if (M < 4 || !RowDistanceLanes.Takes<T>(N, Width, Order)) return default;
            _tile = RowDistanceLanes.Room<T>(N, Width);
            Scratch room = Scratch.Rent<T>(batch * _tile);
            _tiles = (T*)room.Pointer;
            for (long b = 0; b < batch; b++) RowDistanceLanes.Turn(Second + b * N * Width, N, Width, _tiles + b * _tile);
            return room;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Rows, (chunk + 1) * PerChunk);
            using Scratch room = _tiles == null ? default : Scratch.Rent<T>(RowDistanceLanes.Whole<T>(N));
            T* line = (T*)room.Pointer;
            for (long row = chunk * PerChunk; row < last; row++)
            {
                if (_tiles != null)
                {
                    RowDistanceLanes.Line(First + row * Width, _tiles + row / M * _tile, Width, 0, N, Order, line);
                    new ReadOnlySpan<T>(line, (int)N).CopyTo(new Span<T>(Destination + row * N, (int)N));
                    continue;
                }
                T* x = First + row * Width, others = Second + row / M * N * Width;
                for (long j = 0; j < N; j++)
                    Destination[row * N + j] = Order == 2 ? Euclidean(x, others + j * Width, Width) : General(x, others + j * Width, Width, Order);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Euclidean<T>(T* x, T* y, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        long i = 0;
        if (count >= Vector512<T>.Count)
        {
            Vector512<T> squares = default;
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                Vector512<T> d = Vector512.Load(x + i) - Vector512.Load(y + i);
                squares += d * d;
            }
            sum = Vector512.Sum(squares);
        }
        for (; i < count; i++)
        {
            T d = x[i] - y[i];
            sum += d * d;
        }
        return T.Sqrt(sum);
    }

    /// <summary>|difference| to a power, 0 for none: zeros, which lanes without elements have, too, go the vectors' slow way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Power<T>(Vector512<T> difference, Vector512<T> power) where T : unmanaged
    {
        Vector512<T> none = Vector512.Equals(difference, default);
        return Vector512.ConditionalSelect(none, default, VectorMath.Pow(Vector512.ConditionalSelect(none, Vector512<T>.One, Vector512.Abs(difference)), power));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T General<T>(T* x, T* y, long count, double order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T p = T.CreateTruncating(order), sum = T.Zero;
        long i = 0;
        if (order == 1 && count >= Vector512<T>.Count)
        {
            Vector512<T> sums = default;
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) sums += Vector512.Abs(Vector512.Load(x + i) - Vector512.Load(y + i));
            sum = Vector512.Sum(sums);
        }
        if (order is not (0 or 1 or 3) && !double.IsPositiveInfinity(order))
        {
            Vector512<T> sums = default, power = Vector512.Create(p);
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) sums += Power(Vector512.Load(x + i) - Vector512.Load(y + i), power);
            if (i < count) sums += Power(PartialLanes.Load(x + i, count - i) - PartialLanes.Load(y + i, count - i), power);
            return T.Pow(Vector512.Sum(sums), T.One / p);
        }
        for (; i < count; i++)
        {
            T d = T.Abs(x[i] - y[i]);
            if (order == 1) sum += d;
            else if (order == 0) sum += d == T.Zero ? T.Zero : T.One;
            else if (double.IsPositiveInfinity(order)) sum = T.Max(sum, d);
            else sum += d * d * d;
        }
        return order is 0 or 1 || double.IsPositiveInfinity(order) ? sum : T.Pow(sum, T.One / p);
    }
}
