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

    /// <summary>Completes spectra of real values in place: number length − k is the conjugate of number k.</summary>
    public static void FillHermitian<T>(T* spectrum, long outer, long length, long inner) where T : unmanaged, INumberBase<T>
    {
        for (long o = 0; o < outer; o++)
        {
            T* block = spectrum + o * length * inner * 2;
            for (long k = length / 2 + 1; k < length; k++)
            {
                T* target = block + k * inner * 2, from = block + (length - k) * inner * 2;
                for (long i = 0; i < inner; i++)
                {
                    target[2 * i] = from[2 * i];
                    target[2 * i + 1] = -from[2 * i + 1];
                }
            }
        }
    }
}
