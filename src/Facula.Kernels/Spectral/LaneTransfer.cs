using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A set of rows, columns or scattered sequences of numbers that take one lane each.</summary>
/// <param name="LaneStep">Elements from the first number of one sequence, or of one run of them, to that of the next.</param>
/// <param name="NumberStep">Elements from one number of a sequence to the next.</param>
/// <param name="Count">How many lanes are used.</param>
/// <param name="Run">How many sequences lie side by side, number by number; 1 for none.</param>
internal readonly record struct LaneLayout(nint LaneStep, nint NumberStep, int Count, int Run = 1);

/// <summary>Copies between sequences in memory and the packed form of <see cref="LaneTransform{T}"/>.</summary>
internal static unsafe partial class LaneTransfer<T> where T : unmanaged, INumberBase<T>
{
    private static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneMemory<T>.Lanes;
    }

    /// <summary>Reads complex numbers, with real and imaginary parts exchanged on demand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadComplex(T* source, in LaneLayout layout, int length, bool exchange, T* buffer)
    {
        nint re = exchange ? Lanes : 0, im = exchange ? 0 : Lanes;
        if (layout.LaneStep == 2 && layout.Count == Lanes)
        {
            for (int i = 0; i < length; i++, source += layout.NumberStep, buffer += 2 * Lanes)
            {
                LaneMemory<T>.Split(source, out Vector512<T> x, out Vector512<T> y);
                x.Store(buffer + re);
                y.Store(buffer + im);
            }

            return;
        }

        if (layout.Run > 1)
        {
            LoadRuns(source, layout, length, re, im, buffer);
            return;
        }

        if (layout.NumberStep == 2)
        {
            LoadRows(source, layout, length, re, im, buffer);
            return;
        }
        Clear(buffer, layout.Count, length);
        for (int lane = 0; lane < layout.Count; lane++)
        {
            T* from = source + lane * layout.LaneStep, to = buffer + lane;
            for (int i = 0; i < length; i++, from += layout.NumberStep, to += 2 * Lanes)
            {
                to[re] = from[0];
                to[im] = from[1];
            }
        }
    }

    /// <summary>Brings runs together, some numbers at a time, so that the vectors are read when they have long been written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void LoadRuns(T* source, in LaneLayout layout, int length, nint re, nint im, T* buffer)
    {
        // A last part is stored as a whole vector: one more than the numbers need.
        T* stage = stackalloc T[(2 * NumbersPerStage + 1) * Vector512<T>.Count];
        new Span<T>(stage, (2 * NumbersPerStage + 1) * Lanes).Clear();
        int runs = layout.Count / layout.Run, width = 2 * layout.Run;
        for (int first = 0; first < length; first += NumbersPerStage)
        {
            int count = Math.Min(NumbersPerStage, length - first);
            T* to = stage;
            for (int i = 0; i < count; i++, source += layout.NumberStep, to += 2 * Lanes)
            {
                T* from = source;
                for (int run = 0; run < runs; run++, from += layout.LaneStep)
                    CopyPart(from, to + run * width, width);
            }

            for (int i = 0; i < count; i++, buffer += 2 * Lanes)
            {
                LaneMemory<T>.Split(stage + i * 2 * Lanes, out Vector512<T> x, out Vector512<T> y);
                x.Store(buffer + re);
                y.Store(buffer + im);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void StoreRuns(T* buffer, T* destination, in LaneLayout layout, int length, nint re, nint im, T scale)
    {
        T* stage = stackalloc T[(2 * NumbersPerStage + 1) * Vector512<T>.Count];
        Vector512<T> factor = Vector512.Create(scale);
        int runs = layout.Count / layout.Run, width = 2 * layout.Run;
        for (int first = 0; first < length; first += NumbersPerStage)
        {
            int count = Math.Min(NumbersPerStage, length - first);
            for (int i = 0; i < count; i++, buffer += 2 * Lanes)
                LaneMemory<T>.Join(stage + i * 2 * Lanes, Vector512.Load(buffer + re) * factor, Vector512.Load(buffer + im) * factor);
            T* from = stage;
            for (int i = 0; i < count; i++, destination += layout.NumberStep, from += 2 * Lanes)
            {
                T* to = destination;
                for (int run = 0; run < runs; run++, to += layout.LaneStep)
                    StorePart(from + run * width, to, width);
            }
        }
    }

    private const int NumbersPerStage = 16;

    /// <summary>Copies at most a vector, over which the target may be written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyPart(T* source, T* destination, int count) => PartialLanes.Load(source, count).Store(destination);

    /// <summary>Copies at most a vector from where a whole one may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(T* source, T* destination, int count) => PartialLanes.Store(Vector512.Load(source), destination, count);

    /// <summary>Transposes squares of rows; the last one may be narrower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void LoadRows(T* source, in LaneLayout layout, int length, nint re, nint im, T* buffer)
    {
        if (2 * length <= Lanes)
        {
            LoadShortRows(source, layout, length, re, im, buffer);
            return;
        }
        T* square = stackalloc T[(4 * Vector512<T>.Count + 2) * Vector512<T>.Count], rest = square + 2 * Lanes * Lanes, part = rest + 2 * Lanes * Lanes;
        for (int done = 0; done < length; done += Lanes)
        {
            int count = Math.Min(Lanes, length - done);
            for (int lane = 0; lane < Lanes; lane++)
            {
                Vector512<T> x = default, y = default;
                T* from = source + lane * layout.LaneStep + 2L * done;
                if (lane < layout.Count && count == Lanes)
                    LaneMemory<T>.Split(from, out x, out y);
                else if (lane < layout.Count)
                    LaneMemory<T>.SplitPart(from, count, part, out x, out y);
                x.Store(square + lane * 2 * Lanes);
                y.Store(square + lane * 2 * Lanes + Lanes);
            }

            T* target = buffer + done * 2L * Lanes, to = count == Lanes ? target : rest;
            LaneMemory<T>.Transpose(square, 2 * Lanes, to + re, 2 * Lanes);
            LaneMemory<T>.Transpose(square + Lanes, 2 * Lanes, to + im, 2 * Lanes);
            if (count < Lanes)
                CopyVectors(rest, target, 2 * count);
        }
    }

    /// <summary>Rows of at most a vector need one square: real and imaginary parts in turn give their vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void LoadShortRows(T* source, in LaneLayout layout, int length, nint re, nint im, T* buffer)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], turned = square + Lanes * Lanes;
        Gather(source, layout, 2 * length, square);
        LaneMemory<T>.Transpose(square, 2 * Lanes, Lanes, turned + re, 2 * Lanes, im - re);
        CopyVectors(turned, buffer, 2 * length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void StoreShortRows(T* buffer, T* destination, in LaneLayout layout, int length, nint re, nint im, T scale)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], turned = square + Lanes * Lanes;
        CopyVectors(buffer, square, 2 * length);
        new Span<T>(square + 2 * length * Lanes, (Lanes - 2 * length) * Lanes).Clear();
        LaneMemory<T>.Transpose(square + re, 2 * Lanes, im - re, turned, 2 * Lanes, Lanes);
        Scatter(turned, destination, layout, 2 * length, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyVectors(T* source, T* destination, int count)
    {
        for (; count > 0; count--, source += Lanes, destination += Lanes)
            Vector512.Load(source).Store(destination);
    }

    /// <summary>Unused lanes hold zeros, so that nothing in them is slow or traps.</summary>
    private static void Clear(T* buffer, int count, int length)
    {
        if (count == Lanes)
            return;
        for (int i = 0; i < 2 * length; i++)
            Vector512<T>.Zero.Store(buffer + i * Lanes);
    }

    /// <summary>Writes complex numbers times a factor, with real and imaginary parts exchanged on demand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreComplex(T* buffer, T* destination, in LaneLayout layout, int length, bool exchange, double scale)
    {
        nint re = exchange ? Lanes : 0, im = exchange ? 0 : Lanes;
        T single = T.CreateTruncating(scale);
        if (layout.LaneStep == 2 && layout.Count == Lanes)
        {
            Vector512<T> factor = Vector512.Create(single);
            for (int i = 0; i < length; i++, destination += layout.NumberStep, buffer += 2 * Lanes)
                LaneMemory<T>.Join(destination, Vector512.Load(buffer + re) * factor, Vector512.Load(buffer + im) * factor);
            return;
        }

        if (layout.Run > 1)
        {
            StoreRuns(buffer, destination, layout, length, re, im, single);
            return;
        }

        if (layout.NumberStep == 2)
        {
            StoreRows(buffer, destination, layout, length, re, im, single);
            return;
        }
        for (int lane = 0; lane < layout.Count; lane++)
        {
            T* from = buffer + lane, to = destination + lane * layout.LaneStep;
            for (int i = 0; i < length; i++, from += 2 * Lanes, to += layout.NumberStep)
            {
                to[0] = from[re] * single;
                to[1] = from[im] * single;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void StoreRows(T* buffer, T* destination, in LaneLayout layout, int length, nint re, nint im, T scale)
    {
        if (2 * length <= Lanes)
        {
            StoreShortRows(buffer, destination, layout, length, re, im, scale);
            return;
        }
        T* square = stackalloc T[(4 * Vector512<T>.Count + 2) * Vector512<T>.Count], rest = square + 2 * Lanes * Lanes, part = rest + 2 * Lanes * Lanes;
        Vector512<T> factor = Vector512.Create(scale);
        for (int done = 0; done < length; done += Lanes)
        {
            int count = Math.Min(Lanes, length - done);
            T* from = buffer + done * 2L * Lanes;
            if (count < Lanes)
            {
                CopyVectors(from, rest, 2 * count);
                new Span<T>(rest + 2 * count * Lanes, 2 * (Lanes - count) * Lanes).Clear();
                from = rest;
            }

            LaneMemory<T>.Transpose(from + re, 2 * Lanes, square, 2 * Lanes);
            LaneMemory<T>.Transpose(from + im, 2 * Lanes, square + Lanes, 2 * Lanes);
            for (int lane = 0; lane < layout.Count; lane++)
            {
                T* row = square + lane * 2 * Lanes, to = destination + lane * layout.LaneStep + 2L * done;
                Vector512<T> x = Vector512.Load(row) * factor, y = Vector512.Load(row + Lanes) * factor;
                if (count == Lanes)
                    LaneMemory<T>.Join(to, x, y);
                else
                    LaneMemory<T>.JoinPart(to, count, part, x, y);
            }
        }
    }
}
