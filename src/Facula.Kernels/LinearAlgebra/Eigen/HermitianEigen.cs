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

    /// <summary>Copies one triangle to the upper one, scaled by a power of two into a safe range; the factor is returned, 0 when an element is not finite.</summary>
    private static double Fill<T>(T* a, nint n, nint stride, bool upper, T* matrix, nint pitch) where T : unmanaged, INumberBase<T>
    {
        if (upper)
        {
            // The matrix is turned by half a circle, so that its last row plays the part of the first.
            for (nint i = 0; i < n; i++)
                for (nint j = i; j < n; j++)
                    matrix[i * pitch + j] = Scalars.Conjugate(a[(n - 1 - j) * stride + n - 1 - i]);
        }
        else
        {
            VectorLoops.Transpose(a, stride, matrix, pitch, n, n, conjugate: true);
        }

        double largest = 0;
        for (nint i = 0; i < n; i++)
        {
            T* row = matrix + i * (pitch + 1);
            row[0] = Scalars.Create<T>(Scalars.RealPart(row[0]));
            if (!VectorLoops.AllFinite(row, pitch, 1, n - i))
                return 0;
            largest = Math.Max(largest, VectorLoops.LargestPart(row, n - i));
        }

        double low = Scalars.IsSingle<T>() ? 1e-15 : 1e-130, high = Scalars.IsSingle<T>() ? 1e15 : 1e130;
        if (largest == 0 || (largest > low && largest < high))
            return 1;
        double scale = Math.ScaleB(1, -Math.ILogB(largest));
        for (nint i = 0; i < n; i++)
            VectorLoops.ScaleReal(matrix + i * (pitch + 1), scale, n - i);
        return scale;
    }

    private static int SolveVectors<T>(in TridiagonalReduction<T> reduction, double* d, double* e, nint n, bool upper, T* vectors, nint stride, int* order)
        where T : unmanaged, INumberBase<T>
    {
        // The vectors of the tridiagonal matrix along rows, then all vectors as columns.
        nint pitch = reduction.Pitch, realPitch = Scalars.IsSingle<T>() ? Triangular.Pitch<float>(n) : Triangular.Pitch<double>(n), size = Scalars.IsComplex<T>() ? 2 : 1;
        using var memory = Scratch.Rent<T>(n * pitch + (n * realPitch + size - 1) / size);
        T* columns = (T*)memory.Pointer, rows = columns + n * pitch;
        int info = Scalars.IsSingle<T>()
            ? SolveRows((float*)rows, realPitch, columns, pitch, n, d, e, order)
            : SolveRows((double*)rows, realPitch, columns, pitch, n, d, e, order);
        reduction.ApplyQ(columns, pitch, n);
        for (nint i = 0; i < n; i++)
            VectorLoops.Copy(columns + i * pitch, pitch, vectors + (upper ? n - 1 - i : i) * stride, stride, 1, n);
        return info;
    }

    private static int SolveRows<T, R>(R* rows, nint rowPitch, T* columns, nint pitch, nint n, double* d, double* e, int* order)
        where T : unmanaged, INumberBase<T>
        where R : unmanaged, INumberBase<R>
    {
        new Span<R>(rows, checked((int)(n * rowPitch))).Clear();
        int info = TridiagonalDivision<R>.Solve(d, e, (int)n, rows, rowPitch, order);
        ReflectorRows.WriteColumns(rows, rowPitch, n, n, order, columns, pitch);
        return info;
    }
}
