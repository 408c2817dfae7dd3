using System.Numerics;

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
        if (problem.ARow != 1 || problem.AColumn == 1 || problem.N < 2 || problem.N > 2 * L.Count || problem.M < 2 * L.Count || problem.K < ShortestSum || sizeof(T) < 4
            || !T.IsZero(problem.Beta) || problem.Epilogue.RowBias != null || !FillsMore(problem))
            return false;
        nint row = GemmPlan.Ceiling(problem.M, L.Count) * L.Count;
        using var room = Scratch.Rent<T>(problem.N * row);
        T* turned = (T*)room.Pointer;
        GemmBlocked<L, V, T>.Run(new GemmProblem<T>
        {
            A = problem.B, ARow = problem.BColumn, AColumn = problem.BRow,
            B = problem.A, BRow = problem.AColumn, BColumn = 1,
            C = turned, CRow = row, Addend = turned, AddendRow = row,
            M = problem.N, N = problem.M, K = problem.K,
            Alpha = problem.Alpha, Beta = problem.Beta,
            Epilogue = new GemmEpilogue<T> { RowBias = problem.Epilogue.ColumnBias, Relu = problem.Epilogue.Relu },
        }, alone);
        GemmPacking<T>.Transpose(turned, row, (int)problem.N, problem.M, (int)problem.CRow, problem.C);
        return true;
    }

    /// <summary>Compares vectors of multiply-adds; each element that is turned back costs as much as some.</summary>
    private static bool FillsMore(in GemmProblem<T> problem) =>
        problem.N * GemmPlan.Ceiling(problem.M, L.Count) * (problem.K + L.Count) < GemmPlan.Ceiling(problem.N, L.Count) * problem.M * problem.K * 2 / 3;
}
