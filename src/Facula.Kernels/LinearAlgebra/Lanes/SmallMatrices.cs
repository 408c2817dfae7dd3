using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// The decompositions of up to <see cref="MatrixLanes{T}.Lanes"/> small real matrices at once: row-major matrices one behind the other go
/// through the lanes and come back; what a lane could not do is done by the kernel for one matrix.
/// </summary>
public static unsafe partial class SmallMatrices<T> where T : unmanaged, INumberBase<T>
{
    private static int Lanes => MatrixLanes<T>.Lanes;

    /// <summary>Solves A·X = B (n × n, n × sides), X in place of B; A stays as it is.</summary>
    /// <param name="info">One number per matrix: 0, or the order of the first zero pivot.</param>
    public static void Solve(T* a, T* b, int count, int n, int sides, int* info)
    {
        int elements = n * n, right = n * sides;
        using var memory = Scratch.Rent<T>((elements + right + n + 1) * Lanes);
        T* factors = (T*)memory.Pointer, x = factors + elements * Lanes, places = x + right * Lanes, state = places + n * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factors);
        MatrixLanes<T>.Load(b, right, count, right, x);
        LaneLu<T>.Factor(factors, n, x, sides, places, state);
        LaneTriangular<T>.Solve(factors, n, 1, n, upper: true, unit: false, x, sides, 1, sides);
        MatrixLanes<T>.Store(x, b, right, count, right);
        WriteInfo(state, info, count);
    }

    /// <summary>Writes the inverses of matrices; A stays as it is.</summary>
    public static void Inverse(T* a, T* result, int count, int n, int* info)
    {
        int elements = n * n;
        using var memory = Scratch.Rent<T>((2 * elements + n + 1) * Lanes);
        T* factors = (T*)memory.Pointer, x = factors + elements * Lanes, places = x + elements * Lanes, state = places + n * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factors);
        MatrixLanes<T>.SetIdentity(x, n, n);
        LaneLu<T>.Factor(factors, n, x, n, places, state);
        LaneTriangular<T>.Solve(factors, n, 1, n, upper: true, unit: false, x, n, 1, n);
        MatrixLanes<T>.Store(x, result, elements, count, elements);
        WriteInfo(state, info, count);
    }

    /// <summary>Solves A·X = B, or X·A = B unless <paramref name="left"/>, for triangular A; X in place of B.</summary>
    public static void SolveTriangular(T* a, T* b, int count, int n, int sides, bool upper, bool unit, bool left)
    {
        int elements = n * n, right = n * sides;
        using var memory = Scratch.Rent<T>((elements + right) * Lanes);
        T* factor = (T*)memory.Pointer, x = factor + elements * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factor);
        MatrixLanes<T>.Load(b, right, count, right, x);
        if (left)
            LaneTriangular<T>.Solve(factor, n, 1, n, upper, unit, x, sides, 1, sides);
        else
            LaneTriangular<T>.Solve(factor, 1, n, n, !upper, unit, x, 1, n, sides);
        MatrixLanes<T>.Store(x, b, right, count, right);
    }

    /// <summary>Solves A·X = B from Cholesky factors of A, X in place of B.</summary>
    public static void SolveCholesky(T* factors, T* b, int count, int n, int sides, bool upper)
    {
        int elements = n * n, right = n * sides;
        using var memory = Scratch.Rent<T>((elements + right) * Lanes);
        T* factor = (T*)memory.Pointer, x = factor + elements * Lanes;
        MatrixLanes<T>.Load(factors, elements, count, elements, factor);
        MatrixLanes<T>.Load(b, right, count, right, x);
        // L, which lies turned over in an upper factor, then its transpose.
        nint down = upper ? 1 : n, across = upper ? n : 1;
        LaneTriangular<T>.Solve(factor, down, across, n, upper: false, unit: false, x, sides, 1, sides);
        LaneTriangular<T>.Solve(factor, across, down, n, upper: true, unit: false, x, sides, 1, sides);
        MatrixLanes<T>.Store(x, b, right, count, right);
    }

    /// <summary>Factors in place as <see cref="Lu.Factor"/> does; pivots count from 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FactorLu(T* a, int count, int n, int* pivots, int* info)
    {
        int elements = n * n;
        using var memory = Scratch.Rent<T>((elements + n + 1) * Lanes);
        T* factors = (T*)memory.Pointer, places = factors + elements * Lanes, state = places + n * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factors);
        LaneLu<T>.Factor(factors, n, null, 0, places, state);
        MatrixLanes<T>.Store(factors, a, elements, count, elements);
        for (int lane = 0; lane < count; lane++)
            for (int k = 0; k < n; k++)
                pivots[lane * n + k] = int.CreateTruncating(places[k * Lanes + lane]) + 1;
        WriteInfo(state, info, count);
    }

    /// <summary>The determinants of matrices; A stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Determinant(T* a, int count, int n, T* result)
    {
        int elements = n * n;
        using var memory = Scratch.Rent<T>((elements + n + 2) * Lanes);
        T* factors = (T*)memory.Pointer, places = factors + elements * Lanes, state = places + n * Lanes, found = state + Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factors);
        LaneLu<T>.Factor(factors, n, null, 0, places, state);
        LaneLu<T>.Determinant(factors, n, places, found);
        for (int lane = 0; lane < count; lane++)
            result[lane] = found[lane];
    }

    /// <summary>Factors in place as <see cref="Cholesky.Factor"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FactorCholesky(T* a, int count, int n, bool upper, int* info)
    {
        int elements = n * n;
        using var memory = Scratch.Rent<T>((elements + 1) * Lanes);
        T* factor = (T*)memory.Pointer, state = factor + elements * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factor);
        LaneCholesky<T>.Factor(factor, n, upper, state);
        if (Vector512.EqualsAll(Vector512.Load(state), Vector512<T>.Zero))
        {
            MatrixLanes<T>.Store(factor, a, elements, count, elements);
            new Span<int>(info, count).Clear();
            return;
        }

        // A matrix that is not positive definite keeps what the kernel for one matrix leaves.
        using var copies = Scratch.Rent<T>(elements * Lanes);
        T* copy = (T*)copies.Pointer;
        MatrixLanes<T>.Store(factor, copy, elements, count, elements);
        for (int lane = 0; lane < count; lane++)
        {
            T* own = a + lane * elements;
            info[lane] = 0;
            if (T.IsZero(state[lane]))
                new Span<T>(copy + lane * elements, elements).CopyTo(new Span<T>(own, elements));
            else
                info[lane] = Cholesky.Factor(own, n, n, upper);
        }
    }

    /// <summary>Q (m × wide) and R (wide × n) of matrices (m × n), R alone where <paramref name="q"/> is null; A stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Qr(T* a, int count, int m, int n, int wide, T* r, T* q)
    {
        int elements = m * n;
        using var memory = Scratch.Rent<T>((elements + wide * n + m * wide + Math.Min(m, n)) * Lanes);
        T* factors = (T*)memory.Pointer, upper = factors + elements * Lanes, columns = upper + wide * n * Lanes, tau = columns + m * wide * Lanes;
        MatrixLanes<T>.Load(a, elements, count, elements, factors);
        LaneQr<T>.Factor(factors, m, n, tau);
        for (int i = 0; i < wide; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Vector512<T> value = j >= i && i < m ? Vector512.Load(factors + (i * n + j) * Lanes) : Vector512<T>.Zero;
                value.Store(upper + (i * n + j) * Lanes);
            }
        }

        MatrixLanes<T>.Store(upper, r, wide * n, count, wide * n);
        if (q == null)
            return;
        LaneQr<T>.FormQ(factors, m, n, tau, columns, wide);
        MatrixLanes<T>.Store(columns, q, m * wide, count, m * wide);
    }

    private static void WriteInfo(T* state, int* info, int count)
    {
        for (int lane = 0; lane < count; lane++)
            info[lane] = int.CreateTruncating(state[lane]);
    }
}
