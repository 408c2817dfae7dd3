using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The largest element; a NaN wins.</summary>
public readonly struct MaxFold<T> : IFold<T, T, T>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => typeof(T) == typeof(float) ? T.CreateTruncating(float.NegativeInfinity) : typeof(T) == typeof(double) ? T.CreateTruncating(double.NegativeInfinity) : T.MinValue;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Max(accumulator, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Max(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => VectorMath.Maximum(x, accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => VectorMath.Maximum(right, left);
}

/// <summary>The smallest element; a NaN wins.</summary>
public readonly struct MinFold<T> : IFold<T, T, T>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => typeof(T) == typeof(float) ? T.CreateTruncating(float.PositiveInfinity) : typeof(T) == typeof(double) ? T.CreateTruncating(double.PositiveInfinity) : T.MaxValue;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Min(accumulator, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Min(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => VectorMath.Minimum(x, accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => VectorMath.Minimum(right, left);
}

/// <summary>The smallest and the largest element.</summary>
public struct Extremes<T>
{
    /// <summary>The smallest.</summary>
    public T Min;

    /// <summary>The largest.</summary>
    public T Max;
}

/// <summary>Both extremes in one pass; a NaN wins.</summary>
public readonly unsafe struct ExtremesFold<T> : IFold<T, Extremes<T>, Extremes<T>>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public static bool HasBlock => true;
    public Extremes<T> Start => new() { Min = default(MinFold<T>).Start, Max = default(MaxFold<T>).Start };
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Extremes<T> Step(Extremes<T> accumulator, T x) => new() { Min = T.Min(accumulator.Min, x), Max = T.Max(accumulator.Max, x) };
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Extremes<T> Merge(Extremes<T> left, Extremes<T> right) => new() { Min = T.Min(left.Min, right.Min), Max = T.Max(left.Max, right.Max) };
    public Extremes<T> End(Extremes<T> accumulator, long count) => accumulator;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Extremes<T> Block(T* source, long count)
    {
        ExtremesFold<T> kernel = default;
        Extremes<T> total = kernel.Start;
        int lanes = Vector512<T>.Count;
        long i = 0;
        if (count >= 2 * lanes)
        {
            Vector512<T> a = Vector512.Load(source), b = Vector512.Load(source + lanes), c = a, d = b;
            for (i = 2 * lanes; i <= count - 2 * lanes; i += 2 * lanes)
            {
                Vector512<T> x = Vector512.Load(source + i), y = Vector512.Load(source + i + lanes);
                a = VectorMath.Minimum(x, a);
                b = VectorMath.Minimum(y, b);
                c = VectorMath.Maximum(x, c);
                d = VectorMath.Maximum(y, d);
            }
            T* least = stackalloc T[lanes], most = stackalloc T[lanes];
            VectorMath.Minimum(a, b).Store(least);
            VectorMath.Maximum(c, d).Store(most);
            for (int lane = 0; lane < lanes; lane++) total = kernel.Merge(total, new() { Min = least[lane], Max = most[lane] });
        }
        for (; i < count; i++) total = kernel.Step(total, source[i]);
        return total;
    }
}

/// <summary>Extreme elements with their places along the middle of three dimensions; the first of equals, and a NaN before all.</summary>
public static unsafe class ArgExtreme
{
    /// <summary>source is outer × count × inner, row-major; values and indices are outer × inner.</summary>
    public static void Run<T>(T* source, long outer, long count, long inner, bool largest, T* values, long* indices)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        if (outer * inner == 0) return;
        var body = new Body<T> { Source = source, Outer = outer, Count = count, Inner = inner, Largest = largest, Values = values, Indices = indices };
        body.PerChunk = Math.Max((outer + 255) / 256, PointwiseGrain.Light / Math.Max(1, count * inner));
        body.PerChunk = Math.Max(1, body.PerChunk);
        WorkerPool.Run((int)((outer + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public T* Source, Values;
        public long* Indices;
        public long Outer, Count, Inner, PerChunk;
        public bool Largest;

        public readonly void Run(int chunk)
        {
            long first = chunk * PerChunk, last = Math.Min(Outer, first + PerChunk);
            if (Inner == 1 && ShortRows.Takes<T>(Count))
            {
                if (Largest) Short<MaxFold<T>>(first, last);
                else Short<MinFold<T>>(first, last);
                return;
            }
            if (Inner > 1)
            {
                ExtremeColumns.Run(Source + first * Count * Inner, last - first, Count, Inner, Largest, Values + first * Inner, Indices + first * Inner);
                return;
            }
            for (long o = first; o < last; o++)
            {
                T* source = Source + o * Count;
                T extreme = Largest
                    ? FoldLoop.FoldRun<MaxFold<T>, T, T, T>(default, source, 1, Count)
                    : FoldLoop.FoldRun<MinFold<T>, T, T, T>(default, source, 1, Count);
                Values[o] = extreme;
                Indices[o] = Find(source, Count, extreme);
            }
        }

        // A row in each lane: all extremes first, then their places from behind, so that the first of equals stays.
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Short<TFold>(long first, long last) where TFold : struct, IFold<T, T, T>
        {
            int lanes = Vector512<T>.Count;
            byte* room = stackalloc byte[ShortRows.TileBytes];
            T* tile = (T*)ShortRows.Align(room), places = stackalloc T[lanes];
            Vector512<T> one = Vector512.Create(T.One), behind = Vector512.Create(T.CreateTruncating(Count));
            for (long o = first; o < last; o += lanes)
            {
                int rows = (int)Math.Min(lanes, last - o);
                ShortRows.Turn(Source + o * Count, Count, rows, Count, tile);
                Vector512<T> extreme = Vector512.Load(tile), place = default, number = behind;
                for (long i = 1; i < Count; i++) extreme = TFold.MergeLanes(extreme, Vector512.Load(tile + i * lanes));
                for (long i = Count - 1; i >= 0; i--)
                {
                    number -= one;
                    Vector512<T> x = Vector512.Load(tile + i * lanes);
                    // Where one is NaN, the extreme is: nothing equals it but what is NaN itself.
                    place = Vector512.ConditionalSelect(Vector512.Equals(x, extreme) | ~Vector512.Equals(x, x), number, place);
                }
                place.Store(places);
                extreme.Store(tile);
                for (int row = 0; row < rows; row++)
                {
                    Values[o + row] = tile[row];
                    Indices[o + row] = long.CreateTruncating(places[row]);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static long Find(T* source, long count, T value)
        {
            long i = 0;
            bool nan = T.IsNaN(value);
            Vector512<T> wanted = Vector512.Create(value);
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                Vector512<T> x = Vector512.Load(source + i);
                Vector512<T> hit = nan ? ~Vector512.Equals(x, x) : Vector512.Equals(x, wanted);
                if (hit != Vector512<T>.Zero) break;
            }
            for (; i < count; i++)
                if (nan ? T.IsNaN(source[i]) : source[i] == value) return i;
            return 0;
        }
    }
}
