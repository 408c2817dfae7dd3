using System.Numerics;

namespace Facula.Kernels;

/// <summary>Discrete Fourier transforms of any length along one dimension of contiguous arrays [outer, length, inner].</summary>
/// <remarks>
/// Complex numbers are pairs of <c>T</c>, float or double. Nothing is normalised but by <c>scale</c>. Input along the dimension may be shorter
/// or longer than the transform: it is filled with zeros or cut. Input and output are apart, or the same when their shapes are.
/// </remarks>
public static unsafe partial class Fft
{
    /// <summary>Complex to complex; with <paramref name="inverse"/> by e^(+2πi…).</summary>
    /// <param name="sourceLength">How many numbers the input has along the dimension.</param>
    public static void Complex<T>(T* source, T* destination, long outer, long length, long inner, bool inverse, double scale, long sourceLength)
        where T : unmanaged, INumberBase<T>
    {
        if (outer <= 0 || length <= 0 || inner <= 0)
            return;
        new ComplexBatch<T>(source, destination, outer, length, inner, inverse, scale, sourceLength).Run();
    }

    /// <summary>Real to the first length/2 + 1 complex numbers; with <paramref name="conjugate"/> by e^(+2πi…).</summary>
    public static void Real<T>(T* source, T* destination, long outer, long length, long inner, bool conjugate, double scale, long sourceLength)
        where T : unmanaged, INumberBase<T>
    {
        if (outer <= 0 || length <= 0 || inner <= 0)
            return;
        new RealBatch<T>(source, destination, outer, length, inner, conjugate, scale, sourceLength, forward: true).Run();
    }

    /// <summary>
    /// The first length/2 + 1 numbers of a Hermitian spectrum to real, by e^(+2πi…), or e^(−2πi…) with <paramref name="conjugate"/>; the imaginary
    /// parts of the first and, for even length, the last are ignored.
    /// </summary>
    /// <param name="length">The number of real values.</param>
    /// <param name="sourceLength">How many complex numbers the input has along the dimension.</param>
    public static void RealInverse<T>(T* source, T* destination, long outer, long length, long inner, bool conjugate, double scale, long sourceLength)
        where T : unmanaged, INumberBase<T>
    {
        if (outer <= 0 || length <= 0 || inner <= 0)
            return;
        new RealBatch<T>(source, destination, outer, length, inner, conjugate, scale, sourceLength, forward: false).Run();
    }

    /// <summary>Whole spectra of real values from their first length/2 + 1 numbers: number length − k is the conjugate of number k.</summary>
    public static void FillHermitian<T>(T* half, T* spectrum, long outer, long length, long inner) where T : unmanaged, INumberBase<T>
    {
        if (outer <= 0 || length <= 0 || inner <= 0)
            return;
        var body = new Completion<T> { Half = half, Spectrum = spectrum, Outer = outer, Length = length, Inner = inner, PerChunk = Math.Max(1, (1 << 15) / (length * inner)) };
        WorkerPool.Run(checked((int)((outer + body.PerChunk - 1) / body.PerChunk)), ref body);
    }

    private struct Completion<T> : IParallelBody where T : unmanaged, INumberBase<T>
    {
        public T* Half, Spectrum;
        public long Outer, Length, Inner, PerChunk;

        public readonly void Run(int chunk)
        {
            long count = (Length / 2 + 1) * Inner * 2;
            for (long o = chunk * PerChunk, end = Math.Min(Outer, o + PerChunk); o < end; o++)
            {
                T* block = Spectrum + o * Length * Inner * 2;
                Buffer.MemoryCopy(Half + o * count, block, count * sizeof(T), count * sizeof(T));
                if (Inner == 1)
                    RealSpectrum<T>.Mirror(block, Length);
                for (long k = Length / 2 + 1; Inner > 1 && k < Length; k++)
                    RealSpectrum<T>.Conjugate(block + (Length - k) * Inner * 2, block + k * Inner * 2, Inner);
            }
        }
    }
}
