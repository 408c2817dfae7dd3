using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

internal static unsafe partial class LaneTransfer<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>Reads real numbers; the imaginary parts are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadReal(T* source, in LaneLayout layout, int length, T* buffer)
    {
        if (layout.Run > 1)
        {
            Clear(buffer, layout.Count, length);
            LoadRealRuns(source, layout, length, buffer, 2 * Lanes);
            for (int i = 0; i < length; i++)
                Vector512<T>.Zero.Store(buffer + (2 * i + 1) * Lanes);
            return;
        }

        if (layout.NumberStep == 1 && length > 1)
        {
            LoadRealRows(source, layout, length, buffer);
            return;
        }

        for (int i = 0; i < length; i++, source += layout.NumberStep, buffer += 2 * Lanes)
        {
            LoadVector(source, layout).Store(buffer);
            Vector512<T>.Zero.Store(buffer + Lanes);
        }
    }

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void LoadRealRows(T* source, in LaneLayout layout, int length, T* buffer)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], turned = square + Lanes * Lanes;
        for (int done = 0; done < length; done += Lanes, source += Lanes)
        {
            int count = Math.Min(Lanes, length - done);
            Gather(source, layout, count, square);
            LaneMemory<T>.Transpose(square, Lanes, turned, Lanes);
            for (int i = 0; i < count; i++, buffer += 2 * Lanes)
            {
                Vector512.Load(turned + i * Lanes).Store(buffer);
                Vector512<T>.Zero.Store(buffer + Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void StoreRealRows(T* buffer, T* destination, in LaneLayout layout, int length, T scale)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count], turned = square + Lanes * Lanes;
        for (int done = 0; done < length; done += Lanes, destination += Lanes)
        {
            int count = Math.Min(Lanes, length - done);
            for (int i = 0; i < Lanes; i++)
                (i < count ? Vector512.Load(buffer + 2L * i * Lanes) : Vector512<T>.Zero).Store(square + i * Lanes);
            LaneMemory<T>.Transpose(square, Lanes, turned, Lanes);
            Scatter(turned, destination, layout, count, scale);
            buffer += 2L * Lanes * Lanes;
        }
    }

    /// <summary>The first elements of each row times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(T* square, T* destination, in LaneLayout layout, int count, T scale)
    {
        Vector512<T> factor = Vector512.Create(scale);
        for (int lane = 0; lane < layout.Count; lane++, destination += layout.LaneStep, square += Lanes)
        {
            (Vector512.Load(square) * factor).Store(square);
            StorePart(square, destination, count);
        }
    }

    /// <summary>Reads real numbers by twos: number i is (x₂ᵢ, x₂ᵢ₊₁).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadPairs(T* source, in LaneLayout layout, int pairs, T* buffer)
    {
        if (layout.NumberStep == 1)
        {
            LoadComplex(source, layout with { NumberStep = 2 }, pairs, false, buffer);
            return;
        }

        if (layout.Run > 1)
        {
            Clear(buffer, layout.Count, pairs);
            LoadRealRuns(source, layout, 2 * pairs, buffer, Lanes);
            return;
        }

        for (int i = 0; i < pairs; i++, source += 2 * layout.NumberStep, buffer += 2 * Lanes)
        {
            LoadVector(source, layout).Store(buffer);
            LoadVector(source + layout.NumberStep, layout).Store(buffer + Lanes);
        }
    }

    /// <summary>Puts the runs of each number side by side; a vector's end is written over by what follows, and behind the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadRealRuns(T* source, in LaneLayout layout, int length, T* buffer, nint step)
    {
        int runs = layout.Count / layout.Run, width = layout.Run;
        for (; length > 0; length--, source += layout.NumberStep, buffer += step)
        {
            T* from = source;
            for (int run = 0; run < runs; run++, from += layout.LaneStep)
                CopyPart(from, buffer + run * width, width);
        }
    }

    /// <summary>Carries the runs of each number to where they belong; a vector behind the last number is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreRealRuns(T* buffer, nint step, T* destination, nint numberStep, in LaneLayout layout, int length)
    {
        int runs = layout.Count / layout.Run, width = layout.Run;
        for (; length > 0; length--, destination += numberStep, buffer += step)
        {
            T* to = destination;
            for (int run = 0; run < runs; run++, to += layout.LaneStep)
                StorePart(buffer + run * width, to, width);
        }
    }

    /// <summary>Every so many vectors one is multiplied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(T* buffer, nint step, int count, Vector512<T> factor)
    {
        for (; count > 0; count--, buffer += step)
            (Vector512.Load(buffer) * factor).Store(buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LoadVector(T* source, in LaneLayout layout)
    {
        if (layout.LaneStep == 1 && layout.Count == Lanes)
            return Vector512.Load(source);
        T* part = stackalloc T[Vector512<T>.Count];
        for (int lane = layout.Count; lane < Lanes; lane++)
            part[lane] = T.Zero;
        for (int lane = 0; lane < layout.Count; source += layout.LaneStep)
            part[lane++] = *source;
        return Vector512.Load(part);
    }

    /// <summary>Writes real parts times a factor; the buffer may be changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreReal(T* buffer, T* destination, in LaneLayout layout, int length, double scale)
    {
        Vector512<T> factor = Vector512.Create(T.CreateTruncating(scale));
        if (layout.Run > 1)
        {
            Scale(buffer, 2 * Lanes, length, factor);
            StoreRealRuns(buffer, 2 * Lanes, destination, layout.NumberStep, layout, length);
            return;
        }

        if (layout.NumberStep == 1 && length > 1)
        {
            StoreRealRows(buffer, destination, layout, length, T.CreateTruncating(scale));
            return;
        }

        for (int i = 0; i < length; i++, destination += layout.NumberStep, buffer += 2 * Lanes)
            StoreVector(Vector512.Load(buffer) * factor, destination, layout);
    }

    /// <summary>Writes numbers as two real ones each; the buffer may be changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StorePairs(T* buffer, T* destination, in LaneLayout layout, int pairs, bool exchange, double scale)
    {
        if (layout.NumberStep == 1)
        {
            StoreComplex(buffer, destination, layout with { NumberStep = 2 }, pairs, exchange, scale);
            return;
        }

        nint re = exchange ? Lanes : 0, im = exchange ? 0 : Lanes;
        Vector512<T> factor = Vector512.Create(T.CreateTruncating(scale));
        if (layout.Run > 1)
        {
            Scale(buffer, Lanes, 2 * pairs, factor);
            StoreRealRuns(buffer + re, 2 * Lanes, destination, 2 * layout.NumberStep, layout, pairs);
            StoreRealRuns(buffer + im, 2 * Lanes, destination + layout.NumberStep, 2 * layout.NumberStep, layout, pairs);
            return;
        }

        for (int i = 0; i < pairs; i++, destination += 2 * layout.NumberStep, buffer += 2 * Lanes)
        {
            StoreVector(Vector512.Load(buffer + re) * factor, destination, layout);
            StoreVector(Vector512.Load(buffer + im) * factor, destination + layout.NumberStep, layout);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreVector(Vector512<T> value, T* destination, in LaneLayout layout)
    {
        if (layout.LaneStep == 1 && layout.Count == Lanes)
        {
            value.Store(destination);
            return;
        }

        T* part = stackalloc T[Vector512<T>.Count];
        value.Store(part);
        for (int lane = 0; lane < layout.Count; destination += layout.LaneStep)
            *destination = part[lane++];
    }
}
