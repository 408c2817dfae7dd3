using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Fills memory with start, start + step, start + 2·step …</summary>
public static class SequenceLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<long> destination, long start, long step)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = start + i * step;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<double> destination, double start, double step)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = start + i * step;
    }
}
