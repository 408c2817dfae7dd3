using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products of so few elements that three loops end before a plan is made: the same chains of multiply-adds as those of the tiles.</summary>
internal static unsafe class GemmTiny<T> where T : unmanaged, INumberBase<T>
{
    private const int RowsAtOnce = 4, MostTurned = 256;
    private const long Side = 64, Work = 512;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Takes(nint m, nint n, nint k) => m <= Side && n <= Side && k <= Side && m * n * k <= Work;

    /// <summary>C = A·B.</summary>
    public static void Product(T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow, nint m, nint n, nint k)
    {
        var batch = new Batch { ARow = aRow, AColumn = aColumn, BRow = bRow, BColumn = bColumn, CRow = cRow, M = m, N = n, K = k, Count = 1 };
        Run(batch, a, b, c, null);
    }

    /// <summary>One product or some that lie evenly, finished as the problem says.</summary>
    public static void Run(in GemmProblem<T> problem, nint count = 1, nint aBatch = 0, nint bBatch = 0, nint cBatch = 0)
    {
        var batch = new Batch
        {
            ARow = problem.ARow, AColumn = problem.AColumn, BRow = problem.BRow, BColumn = problem.BColumn, CRow = problem.CRow,
            M = problem.M, N = problem.N, K = problem.K, Count = count, ABatch = aBatch, BBatch = bBatch, CBatch = cBatch,
        };
        bool plain = T.IsZero(problem.Beta) && problem.Alpha == T.One && problem.Epilogue.IsIdentity;
        fixed (GemmProblem<T>* finish = &problem)
            Run(batch, problem.A, problem.B, problem.C, plain ? null : finish);
    }

    private static void Run(in Batch batch, T* a, T* b, T* c, GemmProblem<T>* finish)
    {
        bool turns = batch.BColumn != 1 && batch.M >= RowsAtOnce;
        if (sizeof(T) < 4 || batch.BColumn != 1 && !turns)
            ByElements(batch, a, b, c, finish);
        else if (batch.N <= Vector128<T>.Count || !GemmLanes256<T>.IsSupported)
            ByRows<GemmLanes128<T>, Vector128<T>>(batch, turns, a, b, c, finish);
        else if (batch.N <= Vector256<T>.Count || !GemmLanes512<T>.IsSupported)
            ByRows<GemmLanes256<T>, Vector256<T>>(batch, turns, a, b, c, finish);
        else
            ByRows<GemmLanes512<T>, Vector512<T>>(batch, turns, a, b, c, finish);
    }

    /// <summary>Four rows at a time; beyond the last one they are the last again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void ByRows<L, V>(in Batch batch, bool turns, T* a, T* b, T* c, GemmProblem<T>* finish)
        where L : struct, IGemmLanes<V, T>
        where V : struct
    {
        T* turned = stackalloc T[MostTurned], tile = stackalloc T[RowsAtOnce * 64 / sizeof(T)];
        nint n = batch.N, aStep = batch.AColumn, bStep = turns ? GemmPlan.Ceiling(n, L.Count) * L.Count : batch.BRow;
        T* addend = finish != null ? finish->Addend : null;
        for (nint count = batch.Count; count > 0; count--)
        {
            T* first = b;
            if (turns)
            {
                GemmPacking<T>.Pack(b, batch.BColumn, batch.BRow, n, batch.K, (int)bStep, turned, 0);
                first = turned;
            }
            for (nint i = 0; i < batch.M; i += RowsAtOnce)
            {
                nint most = batch.M - 1 - i, second = Math.Min(1, most), third = Math.Min(2, most), fourth = Math.Min(3, most);
                T* x0 = a + i * batch.ARow, x1 = x0 + second * batch.ARow, x2 = x0 + third * batch.ARow, x3 = x0 + fourth * batch.ARow;
                for (nint j = 0; j < n; j += L.Count)
                {
                    V s0 = default, s1 = default, s2 = default, s3 = default;
                    T* y = first + j;
                    int part = (int)Math.Min(L.Count, n - j);
                    nint at = 0;
                    if (part == L.Count || turns)
                    {
                        for (nint step = batch.K; step > 0; step--, y += bStep, at += aStep)
                        {
                            V v = L.Load(y);
                            s0 = L.MultiplyAdd(L.Broadcast(x0[at]), v, s0);
                            s1 = L.MultiplyAdd(L.Broadcast(x1[at]), v, s1);
                            s2 = L.MultiplyAdd(L.Broadcast(x2[at]), v, s2);
                            s3 = L.MultiplyAdd(L.Broadcast(x3[at]), v, s3);
                        }
                    }
                    else
                    {
                        for (nint step = batch.K; step > 0; step--, y += bStep, at += aStep)
                        {
                            V v = L.LoadPart(y, part);
                            s0 = L.MultiplyAdd(L.Broadcast(x0[at]), v, s0);
                            s1 = L.MultiplyAdd(L.Broadcast(x1[at]), v, s1);
                            s2 = L.MultiplyAdd(L.Broadcast(x2[at]), v, s2);
                            s3 = L.MultiplyAdd(L.Broadcast(x3[at]), v, s3);
                        }
                    }
                    T* to = c + i * batch.CRow + j;
                    if (finish != null)
                    {
                        L.Store(s0, tile);
                        L.Store(s1, tile + L.Count);
                        L.Store(s2, tile + 2 * L.Count);
                        L.Store(s3, tile + 3 * L.Count);
                        Finish<L, V>(*finish, tile, to, addend + i * finish->AddendRow + j, (int)fourth + 1, i, j, part);
                    }
                    else if (part == L.Count)
                    {
                        L.Store(s0, to);
                        L.Store(s1, to + second * batch.CRow);
                        L.Store(s2, to + third * batch.CRow);
                        L.Store(s3, to + fourth * batch.CRow);
                    }
                    else
                    {
                        L.StorePart(s0, to, part);
                        L.StorePart(s1, to + second * batch.CRow, part);
                        L.StorePart(s2, to + third * batch.CRow, part);
                        L.StorePart(s3, to + fourth * batch.CRow, part);
                    }
                }
            }
            a += batch.ABatch;
            b += batch.BBatch;
            c += batch.CBatch;
            addend += batch.CBatch;
        }
    }

    /// <summary>f(alpha·sums + beta·D + biases) for some rows of a vector each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish<L, V>(in GemmProblem<T> problem, T* sums, T* c, T* addend, int rows, nint i, nint j, int part)
        where L : struct, IGemmLanes<V, T>
        where V : struct
    {
        V alpha = L.Broadcast(problem.Alpha), beta = L.Broadcast(problem.Beta);
        T* rowBias = problem.Epilogue.RowBias, columnBias = problem.Epilogue.ColumnBias;
        bool set = T.IsZero(problem.Beta);
        for (int row = 0; row < rows; row++, sums += L.Count, c += problem.CRow, addend += problem.AddendRow)
        {
            V x = L.Load(sums);
            x = set ? L.Multiply(x, alpha) : L.MultiplyAdd(x, alpha, L.Multiply(L.LoadPart(addend, part), beta));
            if (rowBias != null)
                x = L.Add(x, L.Broadcast(rowBias[i + row]));
            if (columnBias != null)
                x = L.Add(x, L.LoadPart(columnBias + j, part));
            if (problem.Epilogue.Relu)
                x = L.Rectify(x);
            L.StorePart(x, c, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ByElements(in Batch batch, T* a, T* b, T* c, GemmProblem<T>* finish)
    {
        T* addend = finish != null ? finish->Addend : null;
        for (nint count = batch.Count; count > 0; count--)
        {
            T* row = a, to = c;
            for (nint i = 0; i < batch.M; i++, row += batch.ARow, to += batch.CRow)
            {
                for (nint j = 0; j < batch.N; j++)
                {
                    T sum = Chain(row, batch.AColumn, b + j * batch.BColumn, batch.BRow, batch.K);
                    if (finish != null)
                    {
                        sum = T.IsZero(finish->Beta) ? sum * finish->Alpha : T.MultiplyAddEstimate(sum, finish->Alpha, addend[i * finish->AddendRow + j] * finish->Beta);
                        sum = finish->Epilogue.Apply(sum, i, j);
                    }
                    to[j] = sum;
                }
            }
            a += batch.ABatch;
            b += batch.BBatch;
            c += batch.CBatch;
            addend += batch.CBatch;
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

    private struct Batch
    {
        public nint ARow, AColumn, BRow, BColumn, CRow, M, N, K, Count, ABatch, BBatch, CBatch;
    }
}
