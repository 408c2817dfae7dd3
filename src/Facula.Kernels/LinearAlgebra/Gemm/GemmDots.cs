using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products of few rows or few columns whose factors both lie along the sum, as in the last linear layer of a classifier: tiles of dot products, for which nothing is packed but a few columns that lie otherwise.</summary>
/// <remarks>A vector of partial sums for each element, added up at the end: the same whatever the tile.</remarks>
internal static unsafe class GemmDots<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int Side = 4, ShortestSum = 32, LinesPerChunk = 64, MostLines = 32, MostTurned = 8, NearBytes = 1 << 16;
    private const double WorkPerThread = 1 << 19;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        bool packs = problem.BRow != 1;
        if (problem.AColumn != 1 || problem.K < ShortestSum || sizeof(T) < 4 || !(packs ? TakesPacked(problem) : IsFaster(problem)))
            return false;
        using var room = packs ? Scratch.Rent<T>(problem.N * problem.K) : default;
        var body = new Body { Problem = problem };
        if (packs)
        {
            GemmPacking<T>.Pack(problem.B, problem.BRow, problem.BColumn, problem.K, problem.N, (int)problem.K, (T*)room.Pointer, 0);
            body.Problem.B = (T*)room.Pointer;
            body.Problem.BRow = 1;
            body.Problem.BColumn = problem.K;
        }
        nint lines = Math.Max(problem.M, problem.N);
        if (alone || (double)problem.M * problem.N * problem.K < 2 * WorkPerThread)
            body.Run(0, lines);
        else
            WorkerPool.Run((int)GemmPlan.Ceiling(lines, LinesPerChunk), ref body);
        return true;
    }

    /// <summary>Compares multiplications: adding up lanes takes as long as some of them, and so does packing.</summary>
    private static bool IsFaster(in GemmProblem<T> problem)
    {
        nint m = problem.M, n = problem.N, k = problem.K, few = Math.Min(m, n);
        if (few > 8 && (few > MostLines || few * k * sizeof(T) > NearBytes || m > L.Count && GemmTurned<L, V, T>.Takes(problem)))
            return false;
        return 1.2 * m * n * (k / L.Count + 6) < (double)m * k * GemmPlan.Ceiling(n, L.Count) + 1.3 * n * k;
    }

    /// <summary>A few columns that do not lie along the sum, whose lanes a tile would leave empty: turned first, for many rows.</summary>
    private static bool TakesPacked(in GemmProblem<T> problem)
    {
        nint m = problem.M, n = problem.N, k = problem.K;
        return n > 1 && n <= MostTurned && n * k * sizeof(T) <= NearBytes && 1.2 * m * n * (k / L.Count + 6) + 4.0 * n * k < (double)m * k;
    }

    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;

        public readonly void Run(int chunk)
        {
            nint first = (nint)chunk * LinesPerChunk;
            Run(first, Math.Min(Math.Max(Problem.M, Problem.N), first + LinesPerChunk));
        }

        /// <summary>Some lines of the longer side: four of them stay near while all of the shorter side pass by.</summary>
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(nint first, nint end)
        {
            T* sums = stackalloc T[Side * Side];
            bool byRows = Problem.M > Problem.N;
            nint across = byRows ? Problem.N : Problem.M;
            int most = L.Rows < 12 ? 2 : Side;
            bool plain = sizeof(T) == 4 && T.IsZero(Problem.Beta) && Problem.Alpha == T.One && Problem.Epilogue.IsIdentity;
            nint outerStep = byRows ? most : Side, innerStep = byRows ? Side : most;
            for (nint outer = first; outer < end; outer += outerStep)
            {
                int outerCount = (int)Math.Min(outerStep, end - outer);
                for (nint inner = 0; inner < across; inner += innerStep)
                {
                    int innerCount = (int)Math.Min(innerStep, across - inner);
                    (nint i, nint j) = byRows ? (outer, inner) : (inner, outer);
                    (int rows, int columns) = byRows ? (outerCount, innerCount) : (innerCount, outerCount);
                    bool straight = plain && columns == Side;
                    T* to = straight ? Problem.C + i * Problem.CRow + j : sums;
                    DotTiles<L, V, T>.Run(rows, columns, Problem.A + i * Problem.ARow, Problem.ARow, Problem.B + j * Problem.BColumn, Problem.BColumn, Problem.K, to, straight ? Problem.CRow : Side);
                    if (!straight)
                        Store(sums, i, j, rows, columns);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Store(T* sums, nint i, nint j, int rows, int columns)
        {
            bool set = T.IsZero(Problem.Beta);
            Vector128<T> alpha = Vector128.Create(Problem.Alpha), beta = Vector128.Create(Problem.Beta);
            for (int row = 0; row < rows; row++, sums += Side)
            {
                T* c = Problem.C + (i + row) * Problem.CRow + j, addend = Problem.Addend + (i + row) * Problem.AddendRow + j;
                for (int column = 0; column < columns; column += Vector128<T>.Count)
                {
                    int part = Math.Min(Vector128<T>.Count, columns - column);
                    Vector128<T> x = Vector128.Load(sums + column);
                    x = set ? x * alpha : GemmLanes128<T>.MultiplyAdd(x, alpha, GemmLanes128<T>.LoadPart(addend + column, part) * beta);
                    if (Problem.Epilogue.RowBias != null)
                        x += Vector128.Create(Problem.Epilogue.RowBias[i + row]);
                    if (Problem.Epilogue.ColumnBias != null)
                        x += GemmLanes128<T>.LoadPart(Problem.Epilogue.ColumnBias + j + column, part);
                    if (Problem.Epilogue.Relu)
                        x = GemmLanes128<T>.Rectify(x);
                    GemmLanes128<T>.StorePart(x, c + column, part);
                }
            }
        }
    }
}
