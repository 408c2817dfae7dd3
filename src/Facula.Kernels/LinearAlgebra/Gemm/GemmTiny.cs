using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products of so few elements that three loops end before a plan is made: the same chains of multiply-adds as those of the tiles.</summary>
internal static unsafe class GemmTiny<T> where T : unmanaged, INumberBase<T>
{
    private const long Side = 64, Work = 512;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Takes(nint m, nint n, nint k) => m <= Side && n <= Side && k <= Side && m * n * k <= Work;

    public static void Run(in GemmProblem<T> problem)
    {
        if (T.IsZero(problem.Beta) && problem.Alpha == T.One && problem.Epilogue.IsIdentity)
            Product(problem.A, problem.ARow, problem.AColumn, problem.B, problem.BRow, problem.BColumn, problem.C, problem.CRow, problem.M, problem.N, problem.K);
        else
            Finished(problem);
    }

    /// <summary>C = A·B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow, nint m, nint n, nint k)
    {
        int lanes = Vector128<T>.Count, rest = (int)(n % lanes);
        bool vectors = bColumn == 1 && sizeof(T) >= 4;
        for (nint i = 0; i < m; i++, a += aRow, c += cRow)
        {
            nint j = 0;
            if (vectors)
            {
                for (; j + lanes <= n; j += lanes)
                {
                    var sum = Vector128<T>.Zero;
                    T* x = a, y = b + j;
                    for (nint step = 0; step < k; step++, x += aColumn, y += bRow)
                        sum = GemmLanes128<T>.MultiplyAdd(Vector128.Create(*x), Vector128.Load(y), sum);
                    sum.Store(c + j);
                }
                if (rest > 1)
                {
                    var sum = Vector128<T>.Zero;
                    T* x = a, y = b + j;
                    for (nint step = 0; step < k; step++, x += aColumn, y += bRow)
                        sum = GemmLanes128<T>.MultiplyAdd(Vector128.Create(*x), GemmLanes128<T>.LoadPart(y, rest), sum);
                    GemmLanes128<T>.StorePart(sum, c + j, rest);
                    continue;
                }
            }
            for (; j < n; j++)
                c[j] = Chain(a, aColumn, b + j * bColumn, bRow, k);
        }
    }

    private static void Finished(in GemmProblem<T> problem)
    {
        T* row = problem.A, to = problem.C;
        for (nint i = 0; i < problem.M; i++, row += problem.ARow, to += problem.CRow)
        {
            for (nint j = 0; j < problem.N; j++)
            {
                T sum = Chain(row, problem.AColumn, problem.B + j * problem.BColumn, problem.BRow, problem.K);
                sum = T.IsZero(problem.Beta) ? sum * problem.Alpha : T.MultiplyAddEstimate(sum, problem.Alpha, problem.Addend[i * problem.AddendRow + j] * problem.Beta);
                to[j] = problem.Epilogue.Apply(sum, i, j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Chain(T* x, nint xStep, T* y, nint yStep, nint k)
    {
        T sum = T.Zero;
        for (nint step = 0; step < k; step++, x += xStep, y += yStep)
            sum = T.MultiplyAddEstimate(*x, *y, sum);
        return sum;
    }
}
