using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>LU factorisation with row pivoting, P·L·U = A, and what follows from it.</summary>
public static unsafe class Lu
{
    /// <summary>Factors in place: U on and above the diagonal, unit L below it.</summary>
    /// <param name="pivots">min(rows, columns) numbers from 1: row i changed places with row pivots[i].</param>
    /// <returns>0, or the order of the first zero pivot; the factorisation is complete even then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Factor<T>(T* a, long rows, long columns, long stride, int* pivots) where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)rows, n = (nint)columns, pitch = (nint)stride, least = Math.Min(m, n);
        if (least == 0)
            return 0;
        nint width = BlockWidth<T>(least), height = Triangular.Pitch<T>(m);
        using var memory = Scratch.Rent<T>(height * width);
        T* panel = (T*)memory.Pointer;
        int info = 0;
        for (nint j = 0; j < least; j += width)
        {
            nint block = Math.Min(width, least - j), below = m - j, right = n - j - block;
            T* corner = a + j * pitch + j;
            VectorLoops.Transpose(corner, pitch, panel, height, below, block);
            int zero = FactorPanel(panel, height, below, block, pivots + j);
            if (zero != 0 && info == 0)
                info = (int)j + zero;
            VectorLoops.Transpose(panel, height, corner, pitch, block, below);
            for (nint i = 0; i < block; i++)
            {
                nint other = pivots[j + i] - 1;
                pivots[j + i] += (int)j;
                if (other == i)
                    continue;
                T* first = a + (j + i) * pitch, second = a + (j + other) * pitch;
                VectorLoops.Swap(first, second, j);
                VectorLoops.Swap(first + j + block, second + j + block, right);
            }

            if (right == 0)
                continue;
            T* rightTop = corner + block;
            Triangular.SolveLeft(corner, pitch, 1, upper: false, unit: true, conjugate: false, rightTop, pitch, block, right);
            MatrixProduct.Multiply(corner + block * pitch, pitch, 1, rightTop, pitch, 1, rightTop + block * pitch, pitch, below - block, right, block, -1, 1);
        }

        return info;
    }

    private static nint BlockWidth<T>(nint size) where T : unmanaged => size <= 128 ? 16 : sizeof(T) >= 8 ? 24 : 32;

    /// <summary>
    /// Factors a panel whose columns lie along memory: each column receives all earlier ones at once, so that it is written once.
    /// Pivots count from 1 within the panel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FactorPanel<T>(T* panel, nint height, nint m, nint columns, int* pivots) where T : unmanaged, INumberBase<T>
    {
        int info = 0;
        for (nint j = 0; j < columns; j++)
        {
            T* column = panel + j * height;
            for (nint k = 0; k < Math.Min(j, m); k++)
            {
                T* earlier = panel + k * height;
                T factor = column[k];
                for (nint i = k + 1; i < Math.Min(j, m); i++)
                    column[i] -= factor * earlier[i];
            }

            if (j >= m)
                continue;
            VectorLoops.CombineRows(column + j, panel + j, height, column, 1, j, m - j, -1);
            nint pivot = j + LargestOf(column + j, m - j);
            pivots[j] = (int)pivot + 1;
            if (pivot != j)
                for (nint k = 0; k < columns; k++)
                    (panel[k * height + j], panel[k * height + pivot]) = (panel[k * height + pivot], panel[k * height + j]);
            T value = column[j];
            if (Scalars.IsZero(value))
            {
                if (info == 0)
                    info = (int)j + 1;
            }
            else
            {
                DivideBy(column + j + 1, value, m - j - 1);
            }
        }

        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DivideBy<T>(T* column, T value, nint count) where T : unmanaged, INumberBase<T>
    {
        if (Scalars.Size(value) >= (Scalars.IsSingle<T>() ? 1.2e-38 : 2.3e-308))
            VectorLoops.Scale(column, T.One / value, count);
        else
            for (nint i = 0; i < count; i++)
                column[i] /= value;
    }

    /// <summary>The index of the first element of the largest size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint LargestOf<T>(T* column, nint count) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
            return RealLoops.IndexOfLargest((float*)column, count);
        if (typeof(T) == typeof(double))
            return RealLoops.IndexOfLargest((double*)column, count);
        return typeof(T) == typeof(Complex64) ? ComplexLoops.IndexOfLargest((float*)column, count) : ComplexLoops.IndexOfLargest((double*)column, count);
    }

    /// <summary>Solves A·X = B from the factors of A, X in place of B.</summary>
    /// <param name="transposed">Solve Aᵀ·X = B instead.</param>
    /// <param name="conjugate">Take conj(A) or, with <paramref name="transposed"/>, the adjoint.</param>
    public static void Solve<T>(T* factors, long n, long stride, int* pivots, T* b, long bStride, long sides, bool transposed = false, bool conjugate = false)
        where T : unmanaged, INumberBase<T>
    {
        if (!transposed)
        {
            for (long i = 0; i < n; i++)
                if (pivots[i] - 1 != i)
                    VectorLoops.Swap(b + i * bStride, b + (pivots[i] - 1) * bStride, (nint)sides);
            Triangular.SolveLeft(factors, stride, 1, upper: false, unit: true, conjugate, b, bStride, n, sides);
            Triangular.SolveLeft(factors, stride, 1, upper: true, unit: false, conjugate, b, bStride, n, sides);
            return;
        }

        Triangular.SolveLeft(factors, 1, stride, upper: false, unit: false, conjugate, b, bStride, n, sides);
        Triangular.SolveLeft(factors, 1, stride, upper: true, unit: true, conjugate, b, bStride, n, sides);
        for (long i = n - 1; i >= 0; i--)
            if (pivots[i] - 1 != i)
                VectorLoops.Swap(b + i * bStride, b + (pivots[i] - 1) * bStride, (nint)sides);
    }

    /// <summary>Writes the inverse from the factors of a matrix.</summary>
    public static void Inverse<T>(T* factors, long n, long stride, int* pivots, T* result, long resultStride) where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < n; i++)
        {
            new Span<T>(result + i * resultStride, (int)n).Clear();
            result[i * resultStride + i] = T.One;
        }

        Solve(factors, n, stride, pivots, result, resultStride, n);
    }

    /// <summary>The determinant from the factors.</summary>
    public static T Determinant<T>(T* factors, long n, long stride, int* pivots) where T : unmanaged, INumberBase<T>
    {
        T product = T.One;
        for (long i = 0; i < n; i++)
        {
            product *= factors[i * stride + i];
            if (pivots[i] - 1 != i)
                product = -product;
        }

        return product;
    }

    /// <summary>The sign (or phase) of the determinant and the logarithm of its absolute value; 0 and −∞ for a singular matrix.</summary>
    public static T SignAndLogDeterminant<T>(T* factors, long n, long stride, int* pivots, out double logarithm) where T : unmanaged, INumberBase<T>
    {
        logarithm = 0;
        if (!Scalars.IsComplex<T>())
        {
            T real = T.One;
            for (long i = 0; i < n; i++)
            {
                T value = factors[i * stride + i];
                double size = Math.Abs(Scalars.RealPart(value));
                logarithm += Math.Log(size);
                real *= size == 0 ? T.Zero : value / Scalars.Create<T>(size);
                if (pivots[i] - 1 != i)
                    real = -real;
            }

            return real;
        }

        Complex sign = Complex.One;
        for (long i = 0; i < n; i++)
        {
            Complex value = Scalars.Widen(factors[i * stride + i]);
            double size = Scalars.Magnitude(value);
            logarithm += Math.Log(size);
            sign *= size == 0 ? Complex.Zero : value / size;
            if (pivots[i] - 1 != i)
                sign = -sign;
        }

        return Scalars.Narrow<T>(sign);
    }

    /// <summary>Turns the exchanges of a factorisation into the permutation they make: row i of P·(L·U) is row permutation[i].</summary>
    public static void PivotsToPermutation(int* pivots, long count, long rows, int* permutation)
    {
        for (int i = 0; i < rows; i++)
            permutation[i] = i;
        for (long i = 0; i < count; i++)
            (permutation[i], permutation[pivots[i] - 1]) = (permutation[pivots[i] - 1], permutation[i]);
    }
}
