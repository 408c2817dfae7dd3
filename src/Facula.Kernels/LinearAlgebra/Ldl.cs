using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Bunch and Kaufman's factorisation of symmetric or Hermitian indefinite matrices, in LAPACK's compact form.</summary>
/// <remarks>
/// A positive pivot p in place k: rows k and p − 1 changed places and the block is 1 × 1. Equal negative pivots −p in places k, k + 1:
/// rows k + 1 and p − 1 changed places and the block is 2 × 2.
/// </remarks>
public static unsafe class Ldl
{
    // (1 + √17)/8: growth over a 2 × 2 step equals that over two 1 × 1 steps.
    private const double Alpha = 0.6403882032022076;

    /// <summary>Factors in place from the lower triangle; the upper one is set to zero.</summary>
    /// <param name="hermitian">Whether the upper triangle is the conjugate of the lower one; no matter for real matrices.</param>
    /// <param name="pivots">n numbers.</param>
    /// <returns>0, or the order of the first block that is exactly zero; the factorisation is complete even then.</returns>
    public static int Factor<T>(T* a, long n, long stride, bool hermitian, int* pivots) where T : unmanaged, INumberBase<T>
    {
        hermitian &= Scalars.IsComplex<T>();
        int info = 0;
        for (nint i = 0; i < n; i++)
            new Span<T>(a + i * stride + i + 1, (int)(n - i - 1)).Clear();
        for (nint k = 0; k < n;)
        {
            int step = ChoosePivot(a, (nint)n, (nint)stride, k, hermitian, out nint pivot);
            if (step == 0)
            {
                info = info == 0 ? (int)k + 1 : info;
                if (hermitian)
                    MakeReal(a, (nint)stride, k);
                pivots[k] = (int)pivot + 1;
                k++;
                continue;
            }

            Exchange(a, (nint)n, (nint)stride, k, step, pivot, hermitian);
            if (step == 1)
            {
                EliminateOne(a, (nint)n, (nint)stride, k, hermitian);
                pivots[k] = (int)pivot + 1;
            }
            else
            {
                EliminateTwo(a, (nint)n, (nint)stride, k, hermitian);
                pivots[k] = pivots[k + 1] = -(int)pivot - 1;
            }

            k += step;
        }

        return info;
    }

    private static double DiagonalSize<T>(T value, bool hermitian) => hermitian ? Math.Abs(Scalars.RealPart(value)) : Scalars.Size(value);

    /// <summary>The order of the next block, 0 for a column of zeros, and the row that its last row changes places with.</summary>
    private static int ChoosePivot<T>(T* a, nint n, nint stride, nint k, bool hermitian, out nint pivot) where T : unmanaged
    {
        pivot = k;
        double own = DiagonalSize(a[k * stride + k], hermitian), columnLargest = 0;
        nint row = k;
        for (nint i = k + 1; i < n; i++)
        {
            double size = Scalars.Size(a[i * stride + k]);
            if (size > columnLargest || i == k + 1)
            {
                columnLargest = size;
                row = i;
            }
        }

        double largest = Math.Max(own, columnLargest);
        if (largest == 0 || double.IsNaN(largest))
            return 0;
        if (own >= Alpha * columnLargest)
            return 1;
        double rowLargest = 0;
        for (nint j = k; j < row; j++)
            rowLargest = Math.Max(rowLargest, Scalars.Size(a[row * stride + j]));
        for (nint i = row + 1; i < n; i++)
            rowLargest = Math.Max(rowLargest, Scalars.Size(a[i * stride + row]));
        if (own >= Alpha * columnLargest * (columnLargest / rowLargest))
            return 1;
        pivot = row;
        return DiagonalSize(a[row * stride + row], hermitian) >= Alpha * rowLargest ? 1 : 2;
    }

    private static void MakeReal<T>(T* a, nint stride, nint i) where T : unmanaged =>
        a[i * stride + i] = Scalars.Create<T>(Scalars.RealPart(a[i * stride + i]));

    private static void Exchange<T>(T* a, nint n, nint stride, nint k, int step, nint pivot, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        nint row = k + step - 1;
        if (pivot != row)
        {
            for (nint i = pivot + 1; i < n; i++)
                (a[i * stride + row], a[i * stride + pivot]) = (a[i * stride + pivot], a[i * stride + row]);
            for (nint j = row + 1; j < pivot; j++)
            {
                T left = a[j * stride + row], right = a[pivot * stride + j];
                a[j * stride + row] = hermitian ? Scalars.Conjugate(right) : right;
                a[pivot * stride + j] = hermitian ? Scalars.Conjugate(left) : left;
            }

            if (hermitian)
                a[pivot * stride + row] = Scalars.Conjugate(a[pivot * stride + row]);
            (a[row * stride + row], a[pivot * stride + pivot]) = (a[pivot * stride + pivot], a[row * stride + row]);
            if (step == 2)
                (a[(k + 1) * stride + k], a[pivot * stride + k]) = (a[pivot * stride + k], a[(k + 1) * stride + k]);
        }

        if (!hermitian)
            return;
        MakeReal(a, stride, k);
        MakeReal(a, stride, row);
        MakeReal(a, stride, pivot);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EliminateOne<T>(T* a, nint n, nint stride, nint k, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        T inverse = T.One / a[k * stride + k];
        using var memory = Scratch.Rent<T>(n);
        T* column = (T*)memory.Pointer;
        for (nint i = k + 1; i < n; i++)
        {
            T value = a[i * stride + k];
            column[i] = hermitian ? Scalars.Conjugate(value) : value;
            T factor = value * inverse;
            VectorLoops.AddScaled(a + i * stride + k + 1, column + k + 1, -factor, i - k);
            if (hermitian)
                MakeReal(a, stride, i);
            a[i * stride + k] = factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EliminateTwo<T>(T* a, nint n, nint stride, nint k, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        using var memory = Scratch.Rent<T>(2 * n);
        T* first = (T*)memory.Pointer, second = first + n;
        Inverse2(a[k * stride + k], a[(k + 1) * stride + k], a[(k + 1) * stride + k + 1], hermitian, out T i11, out T i21, out T i12, out T i22);
        for (nint i = k + 2; i < n; i++)
        {
            T x = a[i * stride + k], y = a[i * stride + k + 1];
            // (x y)·D⁻¹ is the row of L, and what is subtracted is L·(x y)ᵀ or its conjugate.
            T left = x * i11 + y * i21, right = x * i12 + y * i22;
            first[i] = hermitian ? Scalars.Conjugate(x) : x;
            second[i] = hermitian ? Scalars.Conjugate(y) : y;
            VectorLoops.AddScaled(a + i * stride + k + 2, first + k + 2, -left, i - k - 1);
            VectorLoops.AddScaled(a + i * stride + k + 2, second + k + 2, -right, i - k - 1);
            if (hermitian)
                MakeReal(a, stride, i);
            a[i * stride + k] = left;
            a[i * stride + k + 1] = right;
        }
    }

    /// <summary>The inverse of [d11 d21*; d21 d22], scaled by the element beside the diagonal, which is the largest.</summary>
    private static void Inverse2<T>(T d11, T d21, T d22, bool hermitian, out T i11, out T i21, out T i12, out T i22) where T : unmanaged, INumberBase<T>
    {
        T d12 = hermitian ? Scalars.Conjugate(d21) : d21;
        T a = d11 / d12, b = d22 / d21, inverse = T.One / (a * b - T.One);
        i11 = b / d12 * inverse;
        i22 = a / d21 * inverse;
        i12 = -inverse / d21;
        i21 = -inverse / d12;
    }

    /// <summary>Solves A·X = B from the factors of A, X in place of B.</summary>
    public static void Solve<T>(T* factors, long n, long stride, bool hermitian, int* pivots, T* b, long bStride, long sides) where T : unmanaged, INumberBase<T>
    {
        hermitian &= Scalars.IsComplex<T>();
        nint order = (nint)n, pitch = (nint)stride, width = (nint)bStride, count = (nint)sides;
        for (nint k = 0; k < order;)
        {
            bool pair = pivots[k] < 0;
            nint row = pair ? k + 1 : k, other = Math.Abs(pivots[k]) - 1;
            if (other != row)
                VectorLoops.Swap(b + row * width, b + other * width, count);
            for (nint i = row + 1; i < order; i++)
                VectorLoops.CombineRows(b + i * width, b + k * width, width, factors + i * pitch + k, 1, row - k + 1, count, -1);
            if (pair)
                SolvePair(factors + k * (pitch + 1), pitch, hermitian, b + k * width, width, count);
            else
                for (nint j = 0; j < count; j++)
                    b[k * width + j] /= factors[k * (pitch + 1)];
            k = row + 1;
        }

        for (nint k = order - 1; k >= 0;)
        {
            bool pair = pivots[k] < 0;
            nint first = pair ? k - 1 : k, other = Math.Abs(pivots[k]) - 1;
            for (nint target = first; target <= k; target++)
            {
                for (nint i = k + 1; i < order; i++)
                {
                    T factor = factors[i * pitch + target];
                    VectorLoops.AddScaled(b + target * width, b + i * width, -(hermitian ? Scalars.Conjugate(factor) : factor), count);
                }
            }

            if (other != k)
                VectorLoops.Swap(b + k * width, b + other * width, count);
            k = first - 1;
        }
    }

    private static void SolvePair<T>(T* d, nint stride, bool hermitian, T* b, nint bStride, nint count) where T : unmanaged, INumberBase<T>
    {
        Inverse2(d[0], d[stride], d[stride + 1], hermitian, out T i11, out T i21, out T i12, out T i22);
        for (nint j = 0; j < count; j++)
        {
            T x = b[j], y = b[bStride + j];
            b[j] = i11 * x + i12 * y;
            b[bStride + j] = i21 * x + i22 * y;
        }
    }
}
