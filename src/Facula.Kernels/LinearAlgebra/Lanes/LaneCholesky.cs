using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Cholesky factorisation of one small matrix per lane (<see cref="MatrixLanes{T}"/>).</summary>
public static unsafe class LaneCholesky<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>Factors in place, reading one triangle only; the other one is set to zero.</summary>
    /// <param name="upper">Read the upper triangle and write Lᵀ there.</param>
    /// <param name="info">One vector: 0, or the order of the leading minor that is not positive definite, whose lane holds nothing of use.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factor(T* a, int n, bool upper, T* info)
    {
        // (i, j) of L is at i · down + j · across.
        nint w = Vector512<T>.Count, down = upper ? w : n * w, across = upper ? n * w : w;
        Vector512<T> failed = Vector512<T>.Zero;
        for (int j = 0; j < n; j++)
        {
            T* line = a + j * down;
            Vector512<T> rest = Vector512.Load(line + j * across);
            for (int k = 0; k < j; k++)
            {
                Vector512<T> x = Vector512.Load(line + k * across);
                rest = RealLoops.Fma(-x, x, rest);
            }

            // Also true for NaN.
            Vector512<T> bad = ~Vector512.GreaterThan(rest, Vector512<T>.Zero);
            failed = Vector512.ConditionalSelect(bad & Vector512.Equals(failed, Vector512<T>.Zero), MatrixLanes<T>.Number(j + 1), failed);
            Vector512<T> root = Vector512.Sqrt(rest);
            root.Store(line + j * across);
            for (int i = j + 1; i < n; i++)
            {
                T* lower = a + i * down;
                Vector512<T> sum = Vector512.Load(lower + j * across);
                for (int k = 0; k < j; k++)
                    sum = RealLoops.Fma(-Vector512.Load(lower + k * across), Vector512.Load(line + k * across), sum);
                (sum / root).Store(lower + j * across);
                Vector512<T>.Zero.Store(line + i * across);
            }
        }

        failed.Store(info);
    }
}
