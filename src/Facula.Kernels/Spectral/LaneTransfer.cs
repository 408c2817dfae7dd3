using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    private static void CopyPart(T* source, T* destination, int count)
    {
        if (Avx512F.IsSupported)
            GemmLanes512<T>.LoadPart(source, count).Store(destination);
        else
            for (int i = 0; i < count; i++)
                destination[i] = source[i];
    }

    /// <summary>Copies at most a vector from where a whole one may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(T* source, T* destination, int count)
    {
        if (Avx512F.IsSupported)
            GemmLanes512<T>.StorePart(Vector512.Load(source), destination, count);
        else
            for (int i = 0; i < count; i++)
                destination[i] = source[i];
    }

    /// <summary>Transposes squares of rows, elements of real and imaginary parts in turn as vectors of them follow each other; the last square may be narrower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void LoadRows(T* source, in LaneLayout layout, int length, nint re, nint im, T* buffer)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], rest = square + Lanes * Lanes;
        int block = Lanes / 2;
        bool straight = layout.Count == Lanes && IsApart(layout);
        for (int done = 0; done < length; done += block, source += Lanes, buffer += Lanes * Lanes)
        {
            int count = Math.Min(block, length - done);
            if (straight && count == block)
            {
                LaneMemory<T>.Transpose(source, 2 * layout.LaneStep, layout.LaneStep, buffer + re, 2 * Lanes, im - re);
                continue;
            }
            Gather(source, layout, 2 * count, square);
            T* target = count == block ? buffer : rest;
            LaneMemory<T>.Transpose(square, 2 * Lanes, Lanes, target + re, 2 * Lanes, im - re);
            if (count < block)
                CopyVectors(rest, buffer, 2 * count);
        }
    }

    /// <summary>Rows a multiple of 4 KiB apart share a cache set, and are read a line at a time.</summary>
    private static bool IsApart(in LaneLayout layout) => layout.LaneStep * sizeof(T) % 4096 != 0;

    /// <summary>The first elements of each row, at most a vector; the other lanes are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(T* source, in LaneLayout layout, int count, T* square)
    {
        for (int lane = 0; lane < Lanes; lane++, source += layout.LaneStep, square += Lanes)
        {
            if (lane >= layout.Count)
                Vector512<T>.Zero.Store(square);
            else if (count == Lanes)
                Vector512.Load(source).Store(square);
            else
                CopyPart(source, square, count);
        }
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
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], rest = square + Lanes * Lanes;
        int block = Lanes / 2;
        for (int done = 0; done < length; done += block, destination += Lanes, buffer += Lanes * Lanes)
        {
            int count = Math.Min(block, length - done);
            T* from = buffer;
            if (count < block)
            {
                CopyVectors(from, rest, 2 * count);
                new Span<T>(rest + 2 * count * Lanes, 2 * (block - count) * Lanes).Clear();
                from = rest;
            }
            LaneMemory<T>.Transpose(from + re, 2 * Lanes, im - re, square, 2 * Lanes, Lanes);
            Scatter(square, destination, layout, 2 * count, scale);
        }
    }

    /// <summary>The first elements of each row times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(T* square, T* destination, in LaneLayout layout, int count, T scale)
    {
        Vector512<T> factor = Vector512.Create(scale);
        for (int lane = 0; lane < layout.Count; lane++, destination += layout.LaneStep, square += Lanes)
        {
            Vector512<T> row = Vector512.Load(square) * factor;
            if (count == Lanes)
            {
                row.Store(destination);
                continue;
            }
            row.Store(square);
            StorePart(square, destination, count);
        }
    }
}
