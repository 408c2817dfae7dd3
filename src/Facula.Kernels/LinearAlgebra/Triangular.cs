using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Systems with a triangular matrix.</summary>
/// <remarks>
/// The matrix has any strides, so a transpose is only swapped strides and the other <c>upper</c>. Nothing of the other triangle is read,
/// and with <c>unit</c> nothing of the diagonal. A zero on the diagonal gives infinities, as in PyTorch.
/// </remarks>
public static unsafe class Triangular
{
    // Below this the substitution runs row by row; above, halves meet in a product.
    private const long Leaf = 24;
    // Few right sides are solved one by one, as vectors along memory.
    private const long FewSides = 4;

    /// <summary>Solves A·X = B, X in place of B; with <paramref name="conjugate"/> conj(A)·X = B.</summary>
    public static void SolveLeft<T>(T* a, long aRow, long aColumn, bool upper, bool unit, bool conjugate, T* b, long bStride, long n, long sides)
        where T : unmanaged, INumberBase<T>
    {
        if (n <= 0 || sides <= 0)
            return;
        conjugate &= Scalars.IsComplex<T>();
        // conj(A)·X = B is A·conj(X) = conj(B).
        if (conjugate)
            Conjugate(b, bStride, n, sides);
        if (sides < FewSides)
            SolveVectors(a, (nint)aRow, (nint)aColumn, upper, unit, b, (nint)bStride, (nint)n, (nint)sides);
        else
            SolveRecursive(a, (nint)aRow, (nint)aColumn, upper, unit, b, (nint)bStride, (nint)n, (nint)sides);
        if (conjugate)
            Conjugate(b, bStride, n, sides);
    }

    /// <summary>Solves X·A = B for B of <paramref name="sides"/> rows, X in place of B; with <paramref name="conjugate"/> X·conj(A) = B.</summary>
    public static void SolveRight<T>(T* a, long aRow, long aColumn, bool upper, bool unit, bool conjugate, T* b, long bStride, long n, long sides)
        where T : unmanaged, INumberBase<T>
    {
        if (n <= 0 || sides <= 0)
            return;
        // Aᵀ·Xᵀ = Bᵀ
        nint pitch = Pitch<T>(sides);
        using var memory = Scratch.Rent<T>(n * pitch);
        T* turned = (T*)memory.Pointer;
        VectorLoops.Transpose(b, (nint)bStride, turned, pitch, (nint)sides, (nint)n);
        SolveLeft(a, aColumn, aRow, !upper, unit, conjugate, turned, pitch, n, sides);
        VectorLoops.Transpose(turned, pitch, b, (nint)bStride, (nint)n, (nint)sides);
    }

    /// <summary>A row length in elements that fills vectors and does not put all rows into the same cache sets.</summary>
    internal static nint Pitch<T>(long columns) where T : unmanaged
    {
        long bytes = ((columns * sizeof(T) + 63) & -64) | 64;
        return (nint)(bytes / sizeof(T));
    }

    private static void SolveRecursive<T>(T* a, nint aRow, nint aColumn, bool upper, bool unit, T* b, nint bStride, nint n, nint sides)
        where T : unmanaged, INumberBase<T>
    {
        if (n <= Leaf)
        {
            SolveLeaf(a, aRow, aColumn, upper, unit, b, bStride, n, sides);
            return;
        }

        nint half = (n / 2 + 7) & -8, rest = n - half;
        T* corner = a + half * (aRow + aColumn);
        T* low = b + half * bStride;
        if (upper)
        {
            SolveRecursive(corner, aRow, aColumn, true, unit, low, bStride, rest, sides);
            MatrixProduct.Multiply(a + half * aColumn, aRow, aColumn, low, bStride, 1, b, bStride, half, sides, rest, -1, 1);
            SolveRecursive(a, aRow, aColumn, true, unit, b, bStride, half, sides);
        }
        else
        {
            SolveRecursive(a, aRow, aColumn, false, unit, b, bStride, half, sides);
            MatrixProduct.Multiply(a + half * aRow, aRow, aColumn, b, bStride, 1, low, bStride, rest, sides, half, -1, 1);
            SolveRecursive(corner, aRow, aColumn, false, unit, low, bStride, rest, sides);
        }
    }

    /// <summary>Substitution, a strip of columns at a time so that it stays in the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveLeaf<T>(T* a, nint aRow, nint aColumn, bool upper, bool unit, T* b, nint bStride, nint n, nint sides)
        where T : unmanaged, INumberBase<T>
    {
        T* inverse = stackalloc T[(int)Leaf];
        bool divide = !unit && !Reciprocals(a, aRow + aColumn, n, inverse);
        nint strip = 512 / sizeof(T);
        for (nint j = 0; j < sides; j += strip)
        {
            nint width = Math.Min(strip, sides - j);
            T* columns = b + j;
            for (nint step = 0; step < n; step++)
            {
                nint i = upper ? n - 1 - step : step;
                T* row = columns + i * bStride;
                if (upper)
                    VectorLoops.CombineRows(row, row + bStride, bStride, a + i * aRow + (i + 1) * aColumn, aColumn, step, width, -1);
                else
                    VectorLoops.CombineRows(row, columns, bStride, a + i * aRow, aColumn, step, width, -1);
                if (divide)
                    for (nint c = 0; c < width; c++)
                        row[c] /= a[i * (aRow + aColumn)];
                else if (!unit)
                    VectorLoops.Scale(row, inverse[i], width);
            }
        }
    }

    /// <summary>1/aᵢᵢ, or false when one of them is out of range.</summary>
    private static bool Reciprocals<T>(T* a, nint step, nint n, T* inverse) where T : unmanaged, INumberBase<T>
    {
        double smallest = Scalars.IsSingle<T>() ? 1e-37 : 1e-300;
        for (nint i = 0; i < n; i++)
        {
            T value = a[i * step];
            if (!(Scalars.Size(value) > smallest) || !Scalars.IsFinite(value))
                return false;
            inverse[i] = T.One / value;
        }

        return true;
    }

    private static void SolveVectors<T>(T* a, nint aRow, nint aColumn, bool upper, bool unit, T* b, nint bStride, nint n, nint sides)
        where T : unmanaged, INumberBase<T>
    {
        using var memory = Scratch.Rent<T>(n + 64);
        T* x = (T*)memory.Pointer;
        for (nint side = 0; side < sides; side++)
        {
            for (nint i = 0; i < n; i++)
                x[i] = b[i * bStride + side];
            SolveVector(a, aRow, aColumn, upper, unit, x, n);
            for (nint i = 0; i < n; i++)
                b[i * bStride + side] = x[i];
        }
    }

    /// <summary>One right side along memory: blocks of 16 by substitution, their effect on the rest along whichever direction is contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveVector<T>(T* a, nint aRow, nint aColumn, bool upper, bool unit, T* x, nint n) where T : unmanaged, INumberBase<T>
    {
        const int block = 16;
        T* sums = stackalloc T[block];
        for (nint done = 0; done < n; done += block)
        {
            nint size = Math.Min(block, n - done);
            nint first = upper ? n - done - size : done;
            nint known = upper ? first + size : 0;
            T* rows = a + first * aRow + known * aColumn;
            if (aColumn == 1)
            {
                VectorLoops.RowDots(sums, 1, rows, aRow, x + known, size, done);
                for (nint i = 0; i < size; i++)
                    x[first + i] -= sums[i];
            }

            SolveBlock(a + first * (aRow + aColumn), aRow, aColumn, upper, unit, x + first, size);
            nint pending = upper ? 0 : first + size, left = upper ? first : n - first - size;
            if (aColumn != 1 && left > 0)
                UpdateRest(a + pending * aRow + first * aColumn, aRow, aColumn, x + pending, left, x + first, size);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateRest<T>(T* a, nint aRow, nint aColumn, T* rest, nint count, T* solved, nint size) where T : unmanaged, INumberBase<T>
    {
        if (aRow == 1)
        {
            VectorLoops.CombineRows(rest, a, aColumn, solved, 1, size, count, -1);
            return;
        }

        for (nint i = 0; i < count; i++)
        {
            T sum = T.Zero;
            for (nint k = 0; k < size; k++)
                sum += a[i * aRow + k * aColumn] * solved[k];
            rest[i] -= sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveBlock<T>(T* a, nint aRow, nint aColumn, bool upper, bool unit, T* x, nint n) where T : unmanaged, INumberBase<T>
    {
        for (nint step = 0; step < n; step++)
        {
            nint i = upper ? n - 1 - step : step, from = upper ? i + 1 : 0;
            T sum = x[i];
            for (nint k = from; k < from + step; k++)
                sum -= a[i * aRow + k * aColumn] * x[k];
            x[i] = unit ? sum : sum / a[i * (aRow + aColumn)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Conjugate<T>(T* b, long stride, long rows, long columns) where T : unmanaged
    {
        for (long i = 0; i < rows; i++)
            for (long j = 0; j < columns; j++)
                b[i * stride + j] = Scalars.Conjugate(b[i * stride + j]);
    }
}
