using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Products of a matrix whose columns are dense with few columns, as the weight gradient of a classifier's last layer: Cᵀ = Bᵀ·Aᵀ, since few columns would leave lanes empty that many rows fill.</summary>
/// <remarks>Every element is the same chain of multiply-adds as in the product that is not turned.</remarks>
internal static unsafe class GemmColumns<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int ShortestSum = 16;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        bool adds = !T.IsZero(problem.Beta);
        if (problem.ARow != 1 || problem.AColumn == 1 || problem.N < 2 || problem.N > 2 * L.Count || problem.M < 2 * L.Count || problem.K < ShortestSum || sizeof(T) < 4
            || adds && !problem.Epilogue.IsIdentity || problem.Epilogue.RowBias != null || !FillsMore(problem))
            return false;
        nint row = GemmPlan.Ceiling(problem.M, L.Count) * L.Count;
        using var room = Scratch.Rent<T>(problem.N * row + (adds ? problem.M * problem.N : 0));
        T* turned = (T*)room.Pointer, product = turned + problem.N * row;
        GemmBlocked<L, V, T>.Run(new GemmProblem<T>
        {
            A = problem.B, ARow = problem.BColumn, AColumn = problem.BRow,
            B = problem.A, BRow = problem.AColumn, BColumn = 1,
            C = turned, CRow = row, Addend = turned, AddendRow = row,
            M = problem.N, N = problem.M, K = problem.K,
            Alpha = adds ? T.One : problem.Alpha, Beta = T.Zero,
            Epilogue = new GemmEpilogue<T> { RowBias = problem.Epilogue.ColumnBias, Relu = problem.Epilogue.Relu },
        }, alone);
        if (!adds)
        {
            GemmPacking<T>.Transpose(turned, row, (int)problem.N, problem.M, (int)problem.CRow, problem.C);
            return true;
        }
        GemmPacking<T>.Transpose(turned, row, (int)problem.N, problem.M, (int)problem.N, product);
        Add(problem, product);
        return true;
    }

    /// <summary>C = alpha·product + beta·D.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(in GemmProblem<T> problem, T* product)
    {
        V alpha = L.Broadcast(problem.Alpha), beta = L.Broadcast(problem.Beta);
        T* c = problem.C, addend = problem.Addend;
        nint columns = problem.N, cRow = problem.CRow, addendRow = problem.AddendRow;
        for (nint i = problem.M; i > 0; i--, product += columns, c += cRow, addend += addendRow)
        {
            for (nint j = 0; j < columns; j += L.Count)
            {
                int part = (int)Math.Min(L.Count, columns - j);
                L.StorePart(L.MultiplyAdd(L.LoadPart(product + j, part), alpha, L.Multiply(L.LoadPart(addend + j, part), beta)), c + j, part);
            }
        }
    }

    /// <summary>Compares vectors of multiply-adds; each element that is turned back costs as much as some, and tiles of one vector wait for their loads.</summary>
    private static bool FillsMore(in GemmProblem<T> problem)
    {
        nint vectors = GemmPlan.Ceiling(problem.N, L.Count), usual = vectors * problem.M * problem.K;
        return problem.N * GemmPlan.Ceiling(problem.M, L.Count) * (problem.K + L.Count) < (vectors == 1 ? usual * 3 / 4 : usual * 2 / 3);
    }
}
