using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

public static unsafe partial class SmallMatrices<T>
{
    /// <summary>The eigenvalues, ascending, and on demand the vectors as columns of symmetric matrices, as <see cref="HermitianEigen"/> finds them.</summary>
    /// <param name="vectors">n × n, or null.</param>
    /// <param name="info">One number per matrix: 0; −1 where an element is not finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eigen(T* a, int count, int n, bool upper, T* values, T* vectors, int* info)
    {
        int elements = n * n;
        using var memory = Scratch.Rent<T>((3 * elements + n + 1) * Lanes);
        T* matrix = (T*)memory.Pointer, rows = matrix + elements * Lanes, turned = rows + elements * Lanes, state = turned + elements * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, matrix);
        if (!upper)
            Mirror(matrix, n);
        LaneEigen<T>.Solve(matrix, n, vectors == null ? null : rows, state);
        if (vectors != null)
            MatrixLanes<T>.Store(rows, turned, elements, count, elements);
        int* order = stackalloc int[n];
        for (int lane = 0; lane < count; lane++)
        {
            T* own = values + lane * n, columns = vectors == null ? null : vectors + lane * elements;
            info[lane] = int.CreateTruncating(state[lane]);
            if (info[lane] > 0)
                info[lane] = HermitianEigen.Compute(a + lane * elements, n, n, upper, own, columns, n);
            if (!T.IsZero(state[lane]))
                continue;
            for (int i = 0; i < n; i++)
                own[i] = matrix[i * (n + 1) * Lanes + lane];
            Order(own, n, order, descending: false);
            if (columns == null)
                continue;
            T* from = turned + lane * elements;
            for (int j = 0; j < n; j++)
            {
                T* vector = from + order[j] * n;
                for (int i = 0; i < n; i++)
                    columns[i * n + j] = vector[i];
            }
        }
    }

    /// <summary>The singular values, descending, and on demand the vectors of matrices (m × n): U is m × min(m, n), Vᵀ min(m, n) × n.</summary>
    /// <param name="u">Null for the values alone.</param>
    /// <param name="vh">Null with <paramref name="u"/>.</param>
    /// <param name="info">One number per matrix: 0; −1 where an element is not finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SingularValues(T* a, int count, int m, int n, T* values, T* u, T* vh, int* info)
    {
        bool wide = m < n;
        int less = Math.Min(m, n), more = Math.Max(m, n), elements = m * n, square = less * less;
        using var memory = Scratch.Rent<T>((2 * (elements + square) + less + 1) * Lanes);
        T* rows = (T*)memory.Pointer, work = rows + elements * Lanes, right = work + elements * Lanes, rightOut = right + square * Lanes;
        T* lengths = rightOut + square * Lanes, state = lengths + less * Lanes;
        // The columns of a tall matrix become rows; the rows of a wide one are the columns of its transpose already.
        MatrixLanes<T>.Load(a, elements, count, elements, wide ? rows : work);
        if (!wide)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                    new Span<T>(work + (i * n + j) * Lanes, Lanes).CopyTo(new Span<T>(rows + (j * m + i) * Lanes, Lanes));
        LaneSvd<T>.Solve(rows, less, more, u == null ? null : right, lengths, state);
        if (u != null)
        {
            MatrixLanes<T>.Store(rows, work, elements, count, elements);
            MatrixLanes<T>.Store(right, rightOut, square, count, square);
        }

        int* order = stackalloc int[less];
        for (int lane = 0; lane < count; lane++)
        {
            T* own = values + lane * less, left = u + lane * m * less, below = vh + lane * less * n;
            info[lane] = int.CreateTruncating(state[lane]);
            if (info[lane] > 0)
                info[lane] = u == null
                    ? Svd.Compute<T, T>(a + lane * elements, m, n, n, own, null, 0, 0, null, 0, 0)
                    : Svd.Compute(a + lane * elements, m, n, n, own, left, less, less, below, n, less);
            if (!T.IsZero(state[lane]))
                continue;
            for (int i = 0; i < less; i++)
                own[i] = lengths[i * Lanes + lane];
            Order(own, less, order, descending: true);
            if (u == null)
                continue;
            // A = Wᵀ·S·V′ for a tall matrix, its transpose for a wide one.
            WriteVectors(work + lane * elements, rightOut + lane * square, order, less, more, wide, left, below);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteVectors(T* longRows, T* shortRows, int* order, int less, int more, bool wide, T* u, T* vh)
    {
        for (int j = 0; j < less; j++)
        {
            T* first = longRows + order[j] * more, second = shortRows + order[j] * less;
            if (wide)
            {
                new Span<T>(first, more).CopyTo(new Span<T>(vh + j * more, more));
                for (int i = 0; i < less; i++)
                    u[i * less + j] = second[i];
            }
            else
            {
                new Span<T>(second, less).CopyTo(new Span<T>(vh + j * less, less));
                for (int i = 0; i < more; i++)
                    u[i * less + j] = first[i];
            }
        }
    }

    /// <summary>The lower triangle, copied to the upper one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mirror(T* matrix, int n)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                new Span<T>(matrix + (i * n + j) * Lanes, Lanes).CopyTo(new Span<T>(matrix + (j * n + i) * Lanes, Lanes));
    }

    /// <summary>Sorts by insertion; order[k] is the old place of number k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Order(T* values, int count, int* order, bool descending)
    {
        for (int i = 0; i < count; i++)
        {
            T value = values[i];
            double key = double.CreateTruncating(value);
            int at = i;
            for (; at > 0; at--)
            {
                double before = double.CreateTruncating(values[at - 1]);
                if (descending ? before >= key : before <= key)
                    break;
                values[at] = values[at - 1];
                order[at] = order[at - 1];
            }

            values[at] = value;
            order[at] = i;
        }
    }
}
