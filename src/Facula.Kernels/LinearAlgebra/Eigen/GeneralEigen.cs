using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Eigenvalues and right eigenvectors of general matrices; float32 and complex64 are solved in the wider type.</summary>
public static unsafe class GeneralEigen
{
    /// <summary>Finds the eigenvalues in LAPACK's order of deflation and on demand the eigenvectors as columns; A stays as it is.</summary>
    /// <typeparam name="T">float, double, Complex64 or Complex.</typeparam>
    /// <typeparam name="C">Complex64 or Complex.</typeparam>
    /// <param name="vectors">
    /// n × n, or null. The columns have norm 1 and a real largest component; of a complex pair of a real matrix, the one with the positive
    /// imaginary part comes first.
    /// </param>
    /// <returns>0; −1 for input that is not finite (nothing is written then); else the iteration failed.</returns>
    public static int Compute<T, C>(T* a, long n, long stride, C* values, C* vectors, long vectorStride)
        where T : unmanaged, INumberBase<T>
        where C : unmanaged, INumberBase<C>
    {
        if (n == 0)
            return 0;
        if (!VectorLoops.AllFinite(a, (nint)stride, (nint)n, (nint)n))
            return -1;
        double largest = 0;
        for (long i = 0; i < n; i++)
            largest = Math.Max(largest, VectorLoops.LargestPart(a + i * stride, (nint)n));
        double scale = largest == 0 || largest is > 1e-130 and < 1e130 ? 1 : Math.ScaleB(1, -Math.ILogB(largest));
        return Scalars.IsComplex<T>()
            ? SolveComplex(a, (int)n, stride, scale, values, vectors, vectorStride)
            : SolveReal(a, (int)n, stride, scale, values, vectors, vectorStride);
    }

    private static int SolveReal<T, C>(T* a, int n, long stride, double scale, C* values, C* vectors, long vectorStride)
        where T : unmanaged, INumberBase<T>
        where C : unmanaged, INumberBase<C>
    {
        var reduction = new HessenbergReduction<double>(n);
        double* h = reduction.Matrix;
        nint pitch = reduction.Pitch;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                h[i * pitch + j] = Scalars.RealPart(a[i * stride + j]) * scale;
        var balancing = new Balancing<double>(h, n, pitch);
        reduction.Run(balancing.First, balancing.Last);

        using var numbers = Scratch.Rent<double>(2 * n);
        double* real = (double*)numbers.Pointer, imaginary = real + n;
        bool wanted = vectors != null;
        using var memory = Scratch.Rent<double>(wanted ? 3 * n * pitch : 1);
        double* z = wanted ? (double*)memory.Pointer : null;
        if (wanted)
        {
            Clear(z, 3 * n * pitch);
            ReflectorRows.WriteTransposedProduct(reduction.Reflectors, pitch, 1, reduction.Count, reduction.Tau, n, n, z, pitch);
        }

        int info = new FrancisQr(h, z, n, pitch).Run(balancing.First, balancing.Last, real, imaginary);
        if (wanted && info == 0)
        {
            double* x = z + n * pitch, v = x + n * pitch;
            TriangularVectors.OfReal(h, pitch, n, imaginary, x);
            MatrixProduct.Multiply(z, 1, pitch, x, 1, pitch, v, pitch, n, n, n, 1, 0);
            balancing.Undo(v, n, pitch);
            for (int j = 0; j < n; j++)
            {
                bool pair = imaginary[j] != 0;
                WriteVector(v, pitch, n, j, pair, vectors, vectorStride);
                if (pair)
                    j++;
            }
        }

        for (int i = 0; i < n; i++)
            values[i] = Scalars.Create<C>(real[i] / scale, imaginary[i] / scale);
        reduction.Dispose();
        return info;
    }

    /// <summary>Normalises a real column, or the complex one of columns j and j + 1, which then also gives its conjugate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteVector<C>(double* v, nint pitch, int n, int j, bool pair, C* vectors, long stride) where C : unmanaged, INumberBase<C>
    {
        double sum = 0, largest = 0, cosine = 1, sine = 0;
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            double* element = v + i * pitch + j;
            double square = element[0] * element[0] + (pair ? element[1] * element[1] : 0);
            sum += square;
            if (square > largest)
            {
                largest = square;
                at = i;
            }
        }

        double norm = Math.Sqrt(sum);
        if (pair)
        {
            // Turned so that the largest component is real.
            double size = Math.Sqrt(largest);
            cosine = v[at * pitch + j] / size;
            sine = v[at * pitch + j + 1] / size;
        }

        for (int i = 0; i < n; i++)
        {
            double re = v[i * pitch + j] / norm, im = pair ? v[i * pitch + j + 1] / norm : 0;
            double turned = cosine * re + sine * im, rest = i == at ? 0 : cosine * im - sine * re;
            vectors[i * stride + j] = Scalars.Create<C>(pair ? turned : re, pair ? rest : 0);
            if (pair)
                vectors[i * stride + j + 1] = Scalars.Create<C>(turned, -rest);
        }
    }

    private static int SolveComplex<T, C>(T* a, int n, long stride, double scale, C* values, C* vectors, long vectorStride)
        where T : unmanaged, INumberBase<T>
        where C : unmanaged, INumberBase<C>
    {
        var reduction = new HessenbergReduction<Complex>(n);
        Complex* h = reduction.Matrix;
        nint pitch = reduction.Pitch;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                h[i * pitch + j] = Scalars.Widen(a[i * stride + j]) * scale;
        var balancing = new Balancing<Complex>(h, n, pitch);
        reduction.Run(balancing.First, balancing.Last);

        bool wanted = vectors != null;
        using var memory = Scratch.Rent<Complex>(wanted ? 3 * n * pitch : 1);
        Complex* z = wanted ? (Complex*)memory.Pointer : null;
        if (wanted)
        {
            Clear(z, 3 * n * pitch);
            ReflectorRows.WriteTransposedProduct(reduction.Reflectors, pitch, 1, reduction.Count, reduction.Tau, n, n, z, pitch);
        }

        int info = new ComplexQr(h, z, n, pitch).Run(balancing.First, balancing.Last);
        if (wanted && info == 0)
        {
            Complex* x = z + n * pitch, v = x + n * pitch;
            TriangularVectors.OfComplex(h, pitch, n, x);
            MatrixProduct.Multiply(z, 1, pitch, x, 1, pitch, v, pitch, n, n, n, 1, 0);
            balancing.Undo(v, n, pitch);
            for (int j = 0; j < n; j++)
                WriteVector(v, pitch, n, j, vectors, vectorStride);
        }

        for (int i = 0; i < n; i++)
            values[i] = Scalars.Narrow<C>(h[i * pitch + i] / scale);
        reduction.Dispose();
        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteVector<C>(Complex* v, nint pitch, int n, int j, C* vectors, long stride) where C : unmanaged, INumberBase<C>
    {
        double sum = 0, largest = 0;
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            double square = Scalars.MagnitudeSquared(v[i * pitch + j]);
            sum += square;
            if (square > largest)
            {
                largest = square;
                at = i;
            }
        }

        Complex factor = Complex.Conjugate(v[at * pitch + j]) / (Math.Sqrt(largest) * Math.Sqrt(sum));
        for (int i = 0; i < n; i++)
        {
            Complex value = v[i * pitch + j] * factor;
            vectors[i * stride + j] = Scalars.Create<C>(value.Real, i == at ? 0 : value.Imaginary);
        }
    }

    private static void Clear<T>(T* start, long count) where T : unmanaged
    {
        for (long i = 0; i < count; i += 1 << 20)
            new Span<T>(start + i, (int)Math.Min(1 << 20, count - i)).Clear();
    }
}
