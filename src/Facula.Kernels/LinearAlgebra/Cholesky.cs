using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Cholesky factorisation of a Hermitian positive definite matrix, A = L·Lᴴ, and what follows from it.</summary>
public static unsafe class Cholesky
{
    // Rows of the trailing matrix updated by one product, so that little above the diagonal is computed.
    private const long Strip = 96;

    /// <summary>Factors in place, reading one triangle only; the other one is set to zero.</summary>
    /// <param name="upper">Read the upper triangle and write Lᴴ there.</param>
    /// <returns>0, or the order of the leading minor that is not positive definite.</returns>
    public static int Factor<T>(T* a, long n, long stride, bool upper = false) where T : unmanaged, INumberBase<T>
    {
        if (upper)
            TransposeInPlace(a, n, stride);
        int info = FactorLower(a, (nint)n, (nint)stride);
        for (long i = 0; i < n; i++)
            new Span<T>(a + i * stride + i + 1, (int)(n - i - 1)).Clear();
        if (upper)
            TransposeInPlace(a, n, stride);
        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FactorLower<T>(T* a, nint n, nint stride) where T : unmanaged, INumberBase<T>
    {
        nint width = n <= 128 ? 16 : sizeof(T) >= 8 ? 24 : 32, height = Triangular.Pitch<T>(n);
        using var memory = Scratch.Rent<T>(height * width);
        T* panel = (T*)memory.Pointer;
        for (nint j = 0; j < n; j += width)
        {
            nint block = Math.Min(width, n - j), below = n - j - block;
            T* corner = a + j * stride + j;
            VectorLoops.Transpose(corner, stride, panel, height, n - j, block);
            int info = FactorPanel(panel, height, n - j, block);
            VectorLoops.Transpose(panel, height, corner, stride, block, n - j);
            if (info != 0)
                return (int)j + info;
            T* low = corner + block * stride;
            for (nint i = 0; i < below; i += (nint)Strip)
            {
                nint rows = (nint)Math.Min(Strip, below - i);
                MatrixProduct.Multiply(low + i * stride, stride, 1, false, low, 1, stride, true, low + i * stride + block, stride, rows, i + rows, block, -1, 1);
            }
        }

        return 0;
    }

    /// <summary>The panel's columns lie along memory; each receives all earlier ones at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FactorPanel<T>(T* panel, nint height, nint m, nint columns) where T : unmanaged, INumberBase<T>
    {
        T* factors = stackalloc T[(int)columns];
        for (nint j = 0; j < columns; j++)
        {
            T* column = panel + j * height;
            for (nint k = 0; k < j; k++)
                factors[k] = Scalars.Conjugate(panel[k * height + j]);
            VectorLoops.CombineRows(column + j, panel + j, height, factors, 1, j, m - j, -1);
            double pivot = Scalars.RealPart(column[j]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return (int)j + 1;
            double root = Math.Sqrt(pivot);
            column[j] = Scalars.Create<T>(root);
            VectorLoops.ScaleReal(column + j + 1, 1 / root, m - j - 1);
            new Span<T>(column, (int)j).Clear();
        }

        return 0;
    }

    /// <summary>Solves A·X = B from a factor of A, X in place of B.</summary>
    public static void Solve<T>(T* factor, long n, long stride, bool upper, T* b, long bStride, long sides) where T : unmanaged, INumberBase<T>
    {
        // L·Lᴴ·X = B, where Lᴴ is what lies there when the factor is upper.
        if (upper)
        {
            Triangular.SolveLeft(factor, 1, stride, upper: false, unit: false, conjugate: true, b, bStride, n, sides);
            Triangular.SolveLeft(factor, stride, 1, upper: true, unit: false, conjugate: false, b, bStride, n, sides);
        }
        else
        {
            Triangular.SolveLeft(factor, stride, 1, upper: false, unit: false, conjugate: false, b, bStride, n, sides);
            Triangular.SolveLeft(factor, 1, stride, upper: true, unit: false, conjugate: true, b, bStride, n, sides);
        }
    }

    /// <summary>Writes the inverse of A from a factor of A.</summary>
    public static void Inverse<T>(T* factor, long n, long stride, bool upper, T* result, long resultStride) where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < n; i++)
        {
            new Span<T>(result + i * resultStride, (int)n).Clear();
            result[i * resultStride + i] = T.One;
        }

        Solve(factor, n, stride, upper, result, resultStride, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeInPlace<T>(T* a, long n, long stride) where T : unmanaged
    {
        for (long i = 0; i < n; i++)
        {
            a[i * stride + i] = Scalars.Conjugate(a[i * stride + i]);
            for (long j = 0; j < i; j++)
                (a[i * stride + j], a[j * stride + i]) = (Scalars.Conjugate(a[j * stride + i]), Scalars.Conjugate(a[i * stride + j]));
        }
    }
}
