using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products with few columns and short sums, as when many points are transformed: a row of C is one vector or less, and one loop does them all.</summary>
/// <remarks>Tiles would spend longer on being set up than on their few steps. Every element is the same chain of multiply-adds as in a tile.</remarks>
internal static unsafe class GemmNarrow<T> where T : unmanaged, INumberBase<T>
{
    private const int LongestSum = 32, RowsAtOnce = 8;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        if (problem.N < 2 || problem.K < 1 || problem.K > LongestSum || problem.M < RowsAtOnce || sizeof(T) < 4 || !IsPlain(problem))
            return false;
        if (problem.N <= Vector128<T>.Count)
            Narrow<GemmLanes128<T>, Vector128<T>>.Run(problem, alone);
        else if (GemmLanes256<T>.IsSupported && problem.N <= Vector256<T>.Count)
            Narrow<GemmLanes256<T>, Vector256<T>>.Run(problem, alone);
        else if (GemmLanes512<T>.IsSupported && problem.N <= Vector512<T>.Count)
            Narrow<GemmLanes512<T>, Vector512<T>>.Run(problem, alone);
        else
            return false;
        return true;
    }

    private static bool IsPlain(in GemmProblem<T> problem) => T.IsZero(problem.Beta) && problem.Alpha == T.One && problem.Epilogue.RowBias == null;

    private static class Narrow<L, V>
        where L : struct, IGemmLanes<V, T>
        where V : struct
    {
        // Rows that one thread does in some 10 µs.
        private const int RowsPerChunk = 4096;

        [SkipLocalsInit]
        public static void Run(in GemmProblem<T> problem, bool alone)
        {
            // B in whole vectors unless it lies so, then the bias.
            byte* room = stackalloc byte[(LongestSum + 1) * 64];
            T* steps = (T*)room, bias = steps + problem.K * L.Count;
            var body = new Body { Problem = problem, Steps = steps, Step = L.Count };
            if (problem.BColumn == 1 && problem.N == L.Count)
            {
                body.Steps = problem.B;
                body.Step = problem.BRow;
            }
            else if (problem.BColumn == 1)
            {
                Fill(problem.B, problem.BRow, (int)problem.K, (int)problem.N, steps);
            }
            else
            {
                GemmPacking<T>.Pack(problem.B, problem.BColumn, problem.BRow, problem.N, problem.K, L.Count, steps, 0);
            }
            if (problem.Epilogue.ColumnBias != null)
            {
                Fill(problem.Epilogue.ColumnBias, 0, 1, (int)problem.N, bias);
                body.Bias = bias;
            }
            if (alone || problem.M <= 2 * RowsPerChunk)
                body.Run(0, problem.M);
            else
                WorkerPool.Run((int)GemmPlan.Ceiling(problem.M, RowsPerChunk), ref body);
        }

        /// <summary>So many elements of each row, filled up with zeros.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Fill(T* source, nint row, int rows, int count, T* destination)
        {
            for (; rows > 0; rows--, source += row, destination += L.Count)
                L.Store(L.LoadPart(source, count), destination);
        }

        private struct Body : IParallelBody
        {
            public GemmProblem<T> Problem;
            public T* Steps, Bias;
            public nint Step;

            public readonly void Run(int chunk)
            {
                nint first = (nint)chunk * RowsPerChunk;
                Run(first, Math.Min(RowsPerChunk, Problem.M - first));
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public readonly void Run(nint first, nint rows)
            {
                nint aRow = Problem.ARow, aStep = Problem.AColumn, bStep = Step, cRow = Problem.CRow, columns = Problem.N;
                T* a = Problem.A + first * aRow, c = Problem.C + first * cRow;
                bool relu = Problem.Epilogue.Relu, whole = columns == L.Count;
                nint last = rows - RowsAtOnce;
                for (nint i = 0; i < rows; i += RowsAtOnce)
                {
                    // The last rows overlap those before them, which then come out the same again.
                    nint row = Math.Min(i, last);
                    T* x = a + row * aRow, x4 = x + 4 * aRow, b = Steps;
                    V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                    for (nint k = Problem.K; k > 0; k--, x += aStep, x4 += aStep, b += bStep)
                    {
                        V y = L.Load(b);
                        s0 = L.MultiplyAdd(L.Broadcast(x[0]), y, s0);
                        s1 = L.MultiplyAdd(L.Broadcast(x[aRow]), y, s1);
                        s2 = L.MultiplyAdd(L.Broadcast(x[2 * aRow]), y, s2);
                        s3 = L.MultiplyAdd(L.Broadcast(x[3 * aRow]), y, s3);
                        s4 = L.MultiplyAdd(L.Broadcast(x4[0]), y, s4);
                        s5 = L.MultiplyAdd(L.Broadcast(x4[aRow]), y, s5);
                        s6 = L.MultiplyAdd(L.Broadcast(x4[2 * aRow]), y, s6);
                        s7 = L.MultiplyAdd(L.Broadcast(x4[3 * aRow]), y, s7);
                    }
                    if (Bias != null)
                    {
                        V bias = L.Load(Bias);
                        (s0, s1, s2, s3) = (L.Add(s0, bias), L.Add(s1, bias), L.Add(s2, bias), L.Add(s3, bias));
                        (s4, s5, s6, s7) = (L.Add(s4, bias), L.Add(s5, bias), L.Add(s6, bias), L.Add(s7, bias));
                    }
                    if (relu)
                    {
                        (s0, s1, s2, s3) = (L.Rectify(s0), L.Rectify(s1), L.Rectify(s2), L.Rectify(s3));
                        (s4, s5, s6, s7) = (L.Rectify(s4), L.Rectify(s5), L.Rectify(s6), L.Rectify(s7));
                    }
                    T* to = c + row * cRow, to4 = to + 4 * cRow;
                    // Where rows follow one another, a whole vector only reaches into the rows that are stored after it.
                    if (whole || cRow == columns && (row + RowsAtOnce - 1) * cRow + L.Count <= rows * cRow)
                    {
                        L.Store(s0, to);
                        L.Store(s1, to + cRow);
                        L.Store(s2, to + 2 * cRow);
                        L.Store(s3, to + 3 * cRow);
                        L.Store(s4, to4);
                        L.Store(s5, to4 + cRow);
                        L.Store(s6, to4 + 2 * cRow);
                        L.Store(s7, to4 + 3 * cRow);
                        continue;
                    }
                    int part = (int)columns;
                    L.StorePart(s0, to, part);
                    L.StorePart(s1, to + cRow, part);
                    L.StorePart(s2, to + 2 * cRow, part);
                    L.StorePart(s3, to + 3 * cRow, part);
                    L.StorePart(s4, to4, part);
                    L.StorePart(s5, to4 + cRow, part);
                    L.StorePart(s6, to4 + 2 * cRow, part);
                    L.StorePart(s7, to4 + 3 * cRow, part);
                }
            }
        }
    }
}
