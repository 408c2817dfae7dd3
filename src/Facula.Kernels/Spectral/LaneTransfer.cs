using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A set of rows, columns or scattered sequences of numbers that take one lane each.</summary>
/// <param name="LaneStep">Elements from the first number of one sequence to that of the next.</param>
/// <param name="NumberStep">Elements from one number of a sequence to the next.</param>
/// <param name="Count">How many lanes are used.</param>
internal readonly record struct LaneLayout(nint LaneStep, nint NumberStep, int Count);

/// <summary>Copies between sequences in memory and the packed form of <see cref="LaneTransform{T}"/>.</summary>
internal static unsafe class LaneTransfer<T> where T : unmanaged, INumberBase<T>
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

        int done = layout.NumberStep == 2 ? LoadRows(source, layout, length, re, im, buffer) : 0;
        Clear(buffer + done * 2L * Lanes, layout.Count, length - done);
        for (int lane = 0; lane < layout.Count; lane++)
        {
            T* from = source + lane * layout.LaneStep + done * layout.NumberStep;
            T* to = buffer + done * 2L * Lanes + lane;
            for (int i = done; i < length; i++, from += layout.NumberStep, to += 2 * Lanes)
            {
                to[re] = from[0];
                to[im] = from[1];
            }
        }
    }

    /// <summary>Transposes squares of rows; returns how many numbers of each row are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LoadRows(T* source, in LaneLayout layout, int length, nint re, nint im, T* buffer)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count];
        int done = 0;
        for (; done <= length - Lanes; done += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                Vector512<T> x = default, y = default;
                if (lane < layout.Count)
                    LaneMemory<T>.Split(source + lane * layout.LaneStep + 2L * done, out x, out y);
                x.Store(square + lane * 2 * Lanes);
                y.Store(square + lane * 2 * Lanes + Lanes);
            }

            T* target = buffer + done * 2L * Lanes;
            LaneMemory<T>.Transpose(square, 2 * Lanes, target + re, 2 * Lanes);
            LaneMemory<T>.Transpose(square + Lanes, 2 * Lanes, target + im, 2 * Lanes);
        }

        return done;
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

        int done = layout.NumberStep == 2 ? StoreRows(buffer, destination, layout, length, re, im, single) : 0;
        for (int lane = 0; lane < layout.Count; lane++)
        {
            T* from = buffer + done * 2L * Lanes + lane;
            T* to = destination + lane * layout.LaneStep + done * layout.NumberStep;
            for (int i = done; i < length; i++, from += 2 * Lanes, to += layout.NumberStep)
            {
                to[0] = from[re] * single;
                to[1] = from[im] * single;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int StoreRows(T* buffer, T* destination, in LaneLayout layout, int length, nint re, nint im, T scale)
    {
        T* square = stackalloc T[2 * Vector512<T>.Count * Vector512<T>.Count];
        Vector512<T> factor = Vector512.Create(scale);
        int done = 0;
        for (; done <= length - Lanes; done += Lanes)
        {
            T* from = buffer + done * 2L * Lanes;
            LaneMemory<T>.Transpose(from + re, 2 * Lanes, square, 2 * Lanes);
            LaneMemory<T>.Transpose(from + im, 2 * Lanes, square + Lanes, 2 * Lanes);
            for (int lane = 0; lane < layout.Count; lane++)
            {
                T* row = square + lane * 2 * Lanes;
                LaneMemory<T>.Join(destination + lane * layout.LaneStep + 2L * done, Vector512.Load(row) * factor, Vector512.Load(row + Lanes) * factor);
            }
        }

        return done;
    }

    /// <summary>Reads real numbers; the imaginary parts are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadReal(T* source, in LaneLayout layout, int length, T* buffer)
    {
        for (int i = 0; i < length; i++, source += layout.NumberStep, buffer += 2 * Lanes)
        {
            LoadVector(source, layout).Store(buffer);
            Vector512<T>.Zero.Store(buffer + Lanes);
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

        for (int i = 0; i < pairs; i++, source += 2 * layout.NumberStep, buffer += 2 * Lanes)
        {
            LoadVector(source, layout).Store(buffer);
            LoadVector(source + layout.NumberStep, layout).Store(buffer + Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LoadVector(T* source, in LaneLayout layout)
    {
        if (layout.LaneStep == 1 && layout.Count == Lanes)
            return Vector512.Load(source);
        T* part = stackalloc T[Vector512<T>.Count];
        for (int lane = 0; lane < Lanes; lane++)
            part[lane] = lane < layout.Count ? source[lane * layout.LaneStep] : T.Zero;
        return Vector512.Load(part);
    }

    /// <summary>Writes real parts times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreReal(T* buffer, T* destination, in LaneLayout layout, int length, double scale)
    {
        Vector512<T> factor = Vector512.Create(T.CreateTruncating(scale));
        for (int i = 0; i < length; i++, destination += layout.NumberStep, buffer += 2 * Lanes)
            StoreVector(Vector512.Load(buffer) * factor, destination, layout);
    }

    /// <summary>Writes numbers as two real ones each.</summary>
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
        for (int lane = 0; lane < layout.Count; lane++)
            destination[lane * layout.LaneStep] = part[lane];
    }
}
