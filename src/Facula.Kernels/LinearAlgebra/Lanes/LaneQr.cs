using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>QR factorisation by reflectors, with LAPACK's signs, of one small matrix per lane (<see cref="MatrixLanes{T}"/>).</summary>
public static unsafe class LaneQr<T> where T : unmanaged, INumberBase<T>
{
    private static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Factors A (m × n) in place: R on and above the diagonal, the reflectors' vectors below it, min(m, n) factors in <paramref name="tau"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factor(T* a, int m, int n, T* tau)
    {
        nint w = Width, row = n * w;
        Vector512<T> scale = MatrixLanes<T>.PowerBelow(MatrixLanes<T>.Largest(a, (nint)m * n));
        // Squares of the scaled elements stay in range; not a number stays what it is.
        MatrixLanes<T>.Scale(a, (nint)m * n, Vector512<T>.One / scale);
        for (int j = 0; j < Math.Min(m, n); j++)
        {
            T* corner = a + j * row + j * w;
            Vector512<T> alpha = Vector512.Load(corner), tail = Vector512<T>.Zero;
            for (int i = 1; i < m - j; i++)
            {
                Vector512<T> x = Vector512.Load(corner + i * row);
                tail = RealLoops.Fma(x, x, tail);
            }

            Vector512<T> nothing = Vector512.Equals(tail, Vector512<T>.Zero), norm = Vector512.Sqrt(RealLoops.Fma(alpha, alpha, tail));
            Vector512<T> beta = Vector512.ConditionalSelect(Vector512.LessThan(alpha, Vector512<T>.Zero), norm, -norm);
            beta = Vector512.ConditionalSelect(nothing, alpha, beta);
            Vector512<T> one = Vector512<T>.One;
            Vector512<T> factor = Vector512.ConditionalSelect(nothing, Vector512<T>.Zero, (beta - alpha) / Vector512.ConditionalSelect(nothing, one, beta));
            Vector512<T> reciprocal = one / Vector512.ConditionalSelect(nothing, one, alpha - beta);
            beta.Store(corner);
            factor.Store(tau + j * w);
            for (int i = 1; i < m - j; i++)
                (Vector512.Load(corner + i * row) * reciprocal).Store(corner + i * row);
            Apply(corner, row, m - j, factor, corner + w, row, n - j - 1);
        }

        for (int i = 0; i < m; i++)
            if (i < n)
                MatrixLanes<T>.Scale(a + i * row + i * w, n - i, scale);
    }

    /// <summary>Writes the first columns of Q (m × columns) from what <see cref="Factor"/> left in A (m × n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FormQ(T* a, int m, int n, T* tau, T* q, int columns)
    {
        nint w = Width, row = n * w, line = columns * w;
        MatrixLanes<T>.SetIdentity(q, m, columns);
        for (int j = Math.Min(m, n) - 1; j >= 0; j--)
            Apply(a + j * row + j * w, row, m - j, Vector512.Load(tau + j * w), q + j * line + j * w, line, columns - j);
    }

    /// <summary>C −= τ·v·(vᵀ·C) for a vector v with v₀ = 1, whose other elements lie down a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(T* v, nint vRow, int rows, Vector512<T> tau, T* c, nint cRow, int columns)
    {
        nint w = Width;
        for (nint k = 0; k < columns * w; k += w)
        {
            Vector512<T> sum = Vector512.Load(c + k);
            for (int i = 1; i < rows; i++)
                sum = RealLoops.Fma(Vector512.Load(v + i * vRow), Vector512.Load(c + i * cRow + k), sum);
            sum *= -tau;
            (Vector512.Load(c + k) + sum).Store(c + k);
            for (int i = 1; i < rows; i++)
                RealLoops.Fma(sum, Vector512.Load(v + i * vRow), Vector512.Load(c + i * cRow + k)).Store(c + i * cRow + k);
        }
    }
}
