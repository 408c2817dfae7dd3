using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Fills memory with start, start + step, start + 2·step …</summary>
public static class SequenceLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<long> destination, long start, long step)
    {
        int i = 0;
        Vector512<long> next = Vector512.Create(start) + Vector512<long>.Indices * Vector512.Create(step), ahead = Vector512.Create(8 * step);
        for (; i <= destination.Length - 8; i += 8, next += ahead) next.CopyTo(destination[i..]);
        for (; i < destination.Length; i++) destination[i] = start + i * step;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<double> destination, double start, double step)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = start + i * step;
    }

    // Note [Sequences by blocks]: PyTorch fills floating-point sequences two vectors of 32 bytes at a time. The first number of a vector is rounded
    // to the element type before the others are counted from it; what is left at the end is computed number by number. `arange(-1, 1, 0.1)` therefore
    // has −2.98e−09 in its middle and not 0. Where its compiler fuses the multiplication into the addition, so does this.

    /// <summary>start + i·step, in vectors as PyTorch's arange makes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillByBlocks(Span<float> destination, double start, double step)
    {
        int whole = destination.Length & -16;
        Vector256<double> steps = Vector256.Create(step), low = Vector256.Create(0.0, 1, 2, 3), high = Vector256.Create(4.0, 5, 6, 7);
        for (int i = 0; i < whole; i += 8)
        {
            Vector256<double> first = Vector256.Create((double)(float)Math.FusedMultiplyAdd(step, i, start));
            Vector256.Narrow(Vector256.FusedMultiplyAdd(steps, low, first), Vector256.FusedMultiplyAdd(steps, high, first)).CopyTo(destination[i..]);
        }
        for (int i = whole; i < destination.Length; i++) destination[i] = (float)Math.FusedMultiplyAdd(step, i, start);
    }

    /// <summary>start + i·step, in vectors as PyTorch's arange makes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillByBlocks(Span<double> destination, double start, double step)
    {
        int whole = destination.Length & -8;
        Vector256<double> steps = Vector256.Create(step), lanes = Vector256.Create(0.0, 1, 2, 3);
        for (int i = 0; i < whole; i += 4)
            Vector256.FusedMultiplyAdd(steps, lanes, Vector256.Create(Math.FusedMultiplyAdd(step, i, start))).CopyTo(destination[i..]);
        for (int i = whole; i < destination.Length; i++) destination[i] = Math.FusedMultiplyAdd(step, i, start);
    }

    /// <summary>From start to end, counted from the nearer one, in vectors as PyTorch's linspace makes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SpreadByBlocks<T>(Span<T> destination, T start, T end) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = destination.Length, width = 32 / Unsafe.SizeOf<T>(), whole = count & -(2 * width);
        T step = (end - start) / T.CreateTruncating(count - 1);
        Vector256<T> steps = Vector256.Create(step) * Vector256<T>.Indices;
        for (int i = 0; i < count; i += i < whole ? width : 1)
        {
            T first = i < count / 2
                ? T.FusedMultiplyAdd(step, T.CreateTruncating(i), start)
                : T.FusedMultiplyAdd(-step, T.CreateTruncating(count - 1 - i), end);
            if (i < whole) (Vector256.Create(first) + steps).CopyTo(destination[i..]);
            destination[i] = first;
        }
    }
}
