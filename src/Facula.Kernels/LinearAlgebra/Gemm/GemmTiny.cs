using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products of so few elements that three loops end before a plan is made: the same chains of multiply-adds as those of the tiles.</summary>
internal static unsafe class GemmTiny<T> where T : unmanaged, INumberBase<T>
{
    private const long Side = 64, Work = 512;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Takes(in GemmProblem<T> problem) =>
        problem.M <= Side && problem.N <= Side && problem.K <= Side && problem.M * problem.N * problem.K <= Work;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmProblem<T> problem)
    {
        nint n = problem.N, k = problem.K, aColumn = problem.AColumn, bRow = problem.BRow, bColumn = problem.BColumn;
        int lanes = Vector128<T>.Count;
        bool plain = T.IsZero(problem.Beta) && problem.Alpha == T.One && problem.Epilogue.IsIdentity;
        bool vectors = plain && bColumn == 1 && sizeof(T) >= 4;
        int rest = (int)(n % lanes);
        T* row = problem.A, to = problem.C;
        for (nint i = 0; i < problem.M; i++, row += problem.ARow, to += problem.CRow)
        {
            nint j = 0;
            if (vectors)
            {
                for (; j + lanes <= n; j += lanes)
                {
                    var sum = Vector128<T>.Zero;
                    T* x = row, y = problem.B + j;
                    for (nint step = 0; step < k; step++, x += aColumn, y += bRow)
                        sum = GemmLanes128<T>.MultiplyAdd(Vector128.Create(*x), Vector128.Load(y), sum);
                    sum.Store(to + j);
                }
                if (rest > 1)
                {
                    var sum = Vector128<T>.Zero;
                    T* x = row, y = problem.B + j;
                    for (nint step = 0; step < k; step++, x += aColumn, y += bRow)
                        sum = GemmLanes128<T>.MultiplyAdd(Vector128.Create(*x), GemmLanes128<T>.LoadPart(y, rest), sum);
                    GemmLanes128<T>.StorePart(sum, to + j, rest);
                    continue;
                }
            }
            for (; j < n; j++)
            {
                T sum = T.Zero;
                T* x = row, y = problem.B + j * bColumn;
                for (nint step = 0; step < k; step++, x += aColumn, y += bRow)
                    sum = T.MultiplyAddEstimate(*x, *y, sum);
                if (!plain)
                {
                    sum = T.IsZero(problem.Beta) ? sum * problem.Alpha : T.MultiplyAddEstimate(sum, problem.Alpha, problem.Addend[i * problem.AddendRow + j] * problem.Beta);
                    sum = problem.Epilogue.Apply(sum, i, j);
                }
                to[j] = sum;
            }
        }
    }
}
