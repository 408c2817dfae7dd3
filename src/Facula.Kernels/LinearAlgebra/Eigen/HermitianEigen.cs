using System.Numerics;

namespace Facula.Kernels;

/// <summary>Eigenvalues and eigenvectors of Hermitian (real symmetric) matrices.</summary>
public static unsafe class HermitianEigen
{
    /// <summary>Finds the eigenvalues, ascending, and on demand the eigenvectors as columns. Only one triangle of A is read; A stays as it is.</summary>
    /// <typeparam name="T">float, double, Complex64 or Complex.</typeparam>
    /// <typeparam name="R">The real type of the eigenvalues, float or double.</typeparam>
    /// <param name="upper">Read the upper triangle.</param>
    /// <param name="vectors">n × n, or null. A complex eigenvector has a real first component (last one with <paramref name="upper"/>).</param>
    /// <returns>0; −1 for input that is not finite (nothing is written then); else the iteration failed.</returns>
    public static int Compute<T, R>(T* a, long n, long stride, bool upper, R* values, T* vectors, long vectorStride)
        where T : unmanaged, INumberBase<T>
        where R : unmanaged, INumberBase<R>
    {
        if (n == 0)
            return 0;
        var reduction = new TridiagonalReduction<T>((nint)n);
        double scale = Fill(a, (nint)n, (nint)stride, upper, reduction.Matrix, reduction.Pitch);
        if (scale == 0)
        {
            reduction.Dispose();
            return -1;
        }

        using var memory = Scratch.Rent(n * (2 * sizeof(double) + sizeof(int)));
        double* d = (double*)memory.Pointer, e = d + n;
        int* order = (int*)(e + n);
        reduction.Run(d, e);
        int info = vectors == null
            ? TridiagonalQl.SolveValues(d, e, (int)n)
            : SolveVectors(reduction, d, e, (nint)n, upper, vectors, (nint)vectorStride, order);
        reduction.Dispose();
        new Span<double>(d, (int)n).Sort();
        for (long i = 0; i < n; i++)
            values[i] = R.CreateTruncating(d[i] / scale);
        return info;
    }

    /// <summary>Copies one triangle to both, scaled by a power of two into a safe range; the factor is returned, 0 when an element is not finite.</summary>
    private static double Fill<T>(T* a, nint n, nint stride, bool upper, T* matrix, nint pitch) where T : unmanaged, INumberBase<T>
    {
        double largest = 0;
        bool finite = true;
        for (nint i = 0; i < n; i++)
        {
            for (nint j = 0; j <= i; j++)
            {
                // With the upper triangle the matrix is turned by half a circle, so that its last row plays the part of the first.
                T value = upper ? a[(n - 1 - i) * stride + n - 1 - j] : a[i * stride + j];
                if (i == j)
                    value = Scalars.Create<T>(Scalars.RealPart(value));
                matrix[i * pitch + j] = value;
                double size = Scalars.Size(value);
                finite &= double.IsFinite(size);
                largest = Math.Max(largest, size);
            }
        }

        if (!finite)
            return 0;
        double low = Scalars.IsSingle<T>() ? 1e-15 : 1e-130, high = Scalars.IsSingle<T>() ? 1e15 : 1e130;
        double scale = largest == 0 || (largest > low && largest < high) ? 1 : Math.ScaleB(1, -Math.ILogB(largest));
        T factor = Scalars.Create<T>(scale);
        for (nint i = 0; i < n; i++)
        {
            for (nint j = 0; j <= i; j++)
            {
                T value = scale == 1 ? matrix[i * pitch + j] : matrix[i * pitch + j] * factor;
                matrix[i * pitch + j] = value;
                matrix[j * pitch + i] = Scalars.Conjugate(value);
            }
        }

        return scale;
    }

    private static int SolveVectors<T>(in TridiagonalReduction<T> reduction, double* d, double* e, nint n, bool upper, T* vectors, nint stride, int* order)
        where T : unmanaged, INumberBase<T>
    {
        nint pitch = reduction.Pitch;
        using var memory = Scratch.Rent<T>((n + 1) * pitch);
        T* rows = (T*)memory.Pointer;
        for (nint i = 0; i < n; i++)
            new Span<T>(rows + i * pitch + n, (int)(pitch - n)).Clear();
        reduction.FormTransposedQ(rows, pitch);
        nint reals = Scalars.IsComplex<T>() ? 2 : 1;
        int info = Scalars.IsSingle<T>()
            ? Iterate((float*)rows, reals * pitch, n, d, e)
            : Iterate((double*)rows, reals * pitch, n, d, e);

        for (int i = 0; i < n; i++)
            order[i] = i;
        new Span<double>(d, (int)n).Sort(new Span<int>(order, (int)n));
        WriteColumns(rows, pitch, n, upper, order, vectors, stride);
        return info;
    }

    private static int Iterate<R>(R* rows, nint pitch, nint n, double* d, double* e) where R : unmanaged, INumberBase<R>
    {
        var log = new RotationLog<R>(rows, pitch, n, pitch);
        int info = TridiagonalQl.Solve(d, e, (int)n, ref log);
        log.Apply();
        log.Dispose();
        return info;
    }

    private static void WriteColumns<T>(T* rows, nint pitch, nint n, bool upper, int* order, T* vectors, nint stride) where T : unmanaged
    {
        const int side = 16;
        for (nint j0 = 0; j0 < n; j0 += side)
        {
            nint end = Math.Min(n, j0 + side);
            for (nint i = 0; i < n; i++)
            {
                T* target = vectors + (upper ? n - 1 - i : i) * stride;
                for (nint j = j0; j < end; j++)
                    target[j] = rows[order[j] * pitch + i];
            }
        }
    }
}
