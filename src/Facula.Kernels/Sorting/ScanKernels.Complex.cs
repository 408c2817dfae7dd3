using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Lines along memory, of complex numbers: four at a time, kept in double.
public static unsafe partial class ScanKernels
{
    /// <summary>Running sums of complex numbers, each a pair of floats or of doubles. Lines across memory are sums of their parts (<paramref name="inner"/> counts numbers).</summary>
    public static void ComplexSums<T>(T* source, T* destination, long outer, long extent, long inner) where T : unmanaged
    {
        if (inner != 1)
        {
            if (typeof(T) == typeof(float)) Wide<CombineAdd>((float*)source, (float*)destination, outer, extent, 2 * inner);
            else Fold<CombineAdd, double>((double*)source, (double*)destination, outer, extent, 2 * inner);
            return;
        }
        var body = new ComplexBody<T> { Source = source, Destination = destination, Count = 2 * extent, Pieces = new(outer, extent, 1) };
        WorkerPool.Run(body.Pieces.Chunks, ref body);
    }

    private struct ComplexBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Destination;
        public long Count;
        public Pieces Pieces;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            (long line, long end) = Pieces.Range(chunk);
            for (; line < end; line++) PairsLine(Source + line * Count, Destination + line * Count, Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairsLine<T>(T* from, T* to, long count) where T : unmanaged
    {
        Vector128<double> running = default;
        long k = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<double> carry = default;
            for (; k <= count - 8; k += 8)
            {
                Vector512<double> x = Doubles(from + k);
                x += Avx512F.AlignRight64(x.AsInt64(), default, 6).AsDouble();
                x += Avx512F.AlignRight64(x.AsInt64(), default, 4).AsDouble();
                Store(x + carry, to + k);
                carry += Avx512F.Shuffle4x128(x, x, 0b11111111);
            }
            running = carry.GetLower().GetLower();
        }
        for (; k < count; k += 2)
        {
            running += Vector128.Create(Double(from + k), Double(from + k + 1));
            if (typeof(T) == typeof(float)) (*(float*)(to + k), *(float*)(to + k + 1)) = ((float)running[0], (float)running[1]);
            else running.Store((double*)(to + k));
        }
    }
}
