using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>What a difference adds to a distance, and what the sum becomes, in every lane.</summary>
internal interface IDistance<T> where T : unmanaged
{
    static abstract Vector512<T> Step(Vector512<T> sum, Vector512<T> difference);
    static virtual Vector512<T> End(Vector512<T> sum) => sum;
}

internal readonly struct EuclideanDistance<T> : IDistance<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Step(Vector512<T> sum, Vector512<T> difference) => Segments.Fused(difference, difference, sum);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> End(Vector512<T> sum) => Vector512.Sqrt(sum);
}

internal readonly struct CityDistance<T> : IDistance<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Step(Vector512<T> sum, Vector512<T> difference) => sum + Vector512.Abs(difference);
}

internal readonly struct ChessDistance<T> : IDistance<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Step(Vector512<T> sum, Vector512<T> difference) => Vector512.Max(sum, Vector512.Abs(difference));
}

internal readonly struct CubicDistance<T> : IDistance<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Step(Vector512<T> sum, Vector512<T> difference) => Segments.Fused(Vector512.Abs(difference), difference * difference, sum);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> End(Vector512<T> sum) => VectorMath.Pow(sum, VectorMath.Constant<T>(1 / 3.0));
}

/// <summary>Distances of a row from many others, of which each has a lane: nothing is added up across lanes, which for short rows takes longer than the differences.</summary>
internal static unsafe class RowDistanceLanes
{
    /// <summary>Whether these rows are worth turning, and their sums so short that one accumulator is accurate enough.</summary>
    public static bool Takes<T>(long others, long width, double p) where T : unmanaged =>
        p is 1 or 2 or 3 or double.PositiveInfinity && others >= Vector512<T>.Count && width is > 0 and <= 512;

    /// <summary>Elements that the turned rows take.</summary>
    public static long Room<T>(long others, long width) where T : unmanaged => Whole<T>(others) * width;

    /// <summary>How long a line of distances is, filled up to whole vectors.</summary>
    public static long Whole<T>(long others) where T : unmanaged => (others + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>Turns rows: vector k of tile v holds element k of rows v · lanes ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn<T>(T* rows, long count, long width, T* tiles) where T : unmanaged
    {
        int lanes = Vector512<T>.Count;
        for (long first = 0; first < count; first += lanes)
            ShortRows.Turn(rows + first * width, width, (int)Math.Min(lanes, count - first), width, tiles + first * width);
    }

    /// <summary>line[j] = ‖x − row j‖ for the rows of tiles from the one of row <paramref name="first"/> on.</summary>
    public static void Line<T>(T* x, T* tiles, long width, long first, long others, double p, T* line) where T : unmanaged
    {
        if (p == 2) Line<EuclideanDistance<T>, T>(x, tiles, width, first, others, line);
        else if (p == 1) Line<CityDistance<T>, T>(x, tiles, width, first, others, line);
        else if (p == 3) Line<CubicDistance<T>, T>(x, tiles, width, first, others, line);
        else Line<ChessDistance<T>, T>(x, tiles, width, first, others, line);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line<TDistance, T>(T* x, T* tiles, long width, long first, long others, T* line)
        where TDistance : IDistance<T>
        where T : unmanaged
    {
        int lanes = Vector512<T>.Count;
        long j = first / lanes * lanes, next = lanes * width;
        for (; j + 3 * lanes < others; j += 4 * lanes)
        {
            T* from = tiles + j * width;
            Vector512<T> a = default, b = default, c = default, d = default;
            for (long k = 0; k < width; k++, from += lanes)
            {
                Vector512<T> own = Vector512.Create(x[k]);
                a = TDistance.Step(a, own - Vector512.Load(from));
                b = TDistance.Step(b, own - Vector512.Load(from + next));
                c = TDistance.Step(c, own - Vector512.Load(from + 2 * next));
                d = TDistance.Step(d, own - Vector512.Load(from + 3 * next));
            }
            TDistance.End(a).Store(line + j);
            TDistance.End(b).Store(line + j + lanes);
            TDistance.End(c).Store(line + j + 2 * lanes);
            TDistance.End(d).Store(line + j + 3 * lanes);
        }
        for (; j < others; j += lanes)
        {
            T* from = tiles + j * width;
            Vector512<T> a = default;
            for (long k = 0; k < width; k++, from += lanes) a = TDistance.Step(a, Vector512.Create(x[k]) - Vector512.Load(from));
            TDistance.End(a).Store(line + j);
        }
    }
}
