using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Systems with one small triangular matrix per lane (<see cref="MatrixLanes{T}"/>).</summary>
public static unsafe class LaneTriangular<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>Solves A·X = B, X in place of B; strides count vectors, so a transpose is only swapped strides and the other <paramref name="upper"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(T* a, nint aRow, nint aColumn, int n, bool upper, bool unit, T* b, nint bRow, nint bColumn, int sides)
    {
        nint w = Vector512<T>.Count;
        aRow *= w;
        aColumn *= w;
        bRow *= w;
        bColumn *= w;
        for (int step = 0; step < n; step++)
        {
            int i = upper ? n - 1 - step : step, from = upper ? i + 1 : 0;
            T* line = a + i * aRow + from * aColumn, x = b + i * bRow, solved = b + from * bRow;
            Vector512<T> pivot = unit ? Vector512<T>.One : Vector512.Load(a + i * (aRow + aColumn));
            int s = 0;
            for (; s + 4 <= sides; s += 4, x += 4 * bColumn, solved += 4 * bColumn)
            {
                Vector512<T> x0 = Vector512.Load(x), x1 = Vector512.Load(x + bColumn), x2 = Vector512.Load(x + 2 * bColumn), x3 = Vector512.Load(x + 3 * bColumn);
                T* factors = line, known = solved;
                for (int j = step; j > 0; j--, factors += aColumn, known += bRow)
                {
                    Vector512<T> factor = -Vector512.Load(factors);
                    x0 = RealLoops.Fma(factor, Vector512.Load(known), x0);
                    x1 = RealLoops.Fma(factor, Vector512.Load(known + bColumn), x1);
                    x2 = RealLoops.Fma(factor, Vector512.Load(known + 2 * bColumn), x2);
                    x3 = RealLoops.Fma(factor, Vector512.Load(known + 3 * bColumn), x3);
                }

                (x0 / pivot).Store(x);
                (x1 / pivot).Store(x + bColumn);
                (x2 / pivot).Store(x + 2 * bColumn);
                (x3 / pivot).Store(x + 3 * bColumn);
            }

            for (; s < sides; s++, x += bColumn, solved += bColumn)
            {
                Vector512<T> sum = Vector512.Load(x);
                for (int j = 0; j < step; j++)
                    sum = RealLoops.Fma(-Vector512.Load(line + j * aColumn), Vector512.Load(solved + j * bRow), sum);
                (sum / pivot).Store(x);
            }
        }
    }
}
