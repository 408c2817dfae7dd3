using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Products that the first caches hold: tiles of six rows and two vectors, whose last vector is read and stored in part, so that a product of some dozen rows is over before a plan would be made.</summary>
/// <remarks>Every element is the same chain of multiply-adds as in the tiles of larger products, and rounded before a bias is added to it.</remarks>
internal static unsafe class GemmSmall<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int Height = 6;

    private static int Panel { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2 * L.Count; }

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem)
    {
        if (problem.M < Height || sizeof(T) < 4 || !T.IsZero(problem.Beta) || problem.Alpha != T.One || problem.Epilogue.RowBias != null || !GemmPlan.IsNear(problem))
            return false;
        if (problem.BColumn == 1)
        {
            Run(problem, problem.B, Panel, problem.BRow, false);
            return true;
        }
        nint panels = GemmPlan.Ceiling(problem.N, Panel), size = problem.K * Panel;
        using var room = Scratch.Rent<T>(panels * size);
        GemmPacking<T>.Pack(problem.B, problem.BColumn, problem.BRow, problem.N, problem.K, Panel, (T*)room.Pointer, size);
        Run(problem, (T*)room.Pointer, size, Panel, true);
        return true;
    }

    private static void Run(in GemmProblem<T> problem, T* b, nint bPanel, nint bStep, bool filled)
    {
        for (nint j = 0; j < problem.N; j += Panel, b += bPanel)
        {
            int columns = (int)Math.Min(Panel, problem.N - j);
            if (columns > L.Count)
                Columns2(problem, j, b, bStep, columns - L.Count, filled);
            else
                Columns1(problem, j, b, bStep, columns, filled);
        }
    }

    /// <summary>All rows of two vectors of columns, the second of them with <paramref name="part"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns2(in GemmProblem<T> problem, nint j, T* b, nint bStep, int part, bool filled)
    {
        nint aRow = problem.ARow, aStep = problem.AColumn, cRow = problem.CRow, steps = problem.K, rows = problem.M;
        T* bias = problem.Epilogue.ColumnBias != null ? problem.Epilogue.ColumnBias + j : null;
        bool relu = problem.Epilogue.Relu, whole = part == L.Count;
        for (nint i = 0; i < rows; i += Height)
        {
            // The last rows overlap those before them, which then come out the same again.
            nint row = Math.Min(i, rows - Height);
            T* x = problem.A + row * aRow, x3 = x + 3 * aRow, y = b, c = problem.C + row * cRow + j, c3 = c + 3 * cRow;
            V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
            V t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default;
            if (whole || filled)
            {
                for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
                {
                    V u = L.Load(y), v = L.Load(y + L.Count), f = L.Broadcast(x[0]);
                    s0 = L.MultiplyAdd(f, u, s0); t0 = L.MultiplyAdd(f, v, t0);
                    f = L.Broadcast(x[aRow]);
                    s1 = L.MultiplyAdd(f, u, s1); t1 = L.MultiplyAdd(f, v, t1);
                    f = L.Broadcast(x[2 * aRow]);
                    s2 = L.MultiplyAdd(f, u, s2); t2 = L.MultiplyAdd(f, v, t2);
                    f = L.Broadcast(x3[0]);
                    s3 = L.MultiplyAdd(f, u, s3); t3 = L.MultiplyAdd(f, v, t3);
                    f = L.Broadcast(x3[aRow]);
                    s4 = L.MultiplyAdd(f, u, s4); t4 = L.MultiplyAdd(f, v, t4);
                    f = L.Broadcast(x3[2 * aRow]);
                    s5 = L.MultiplyAdd(f, u, s5); t5 = L.MultiplyAdd(f, v, t5);
                }
            }
            else
            {
                for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
                {
                    V u = L.Load(y), v = L.LoadPart(y + L.Count, part), f = L.Broadcast(x[0]);
                    s0 = L.MultiplyAdd(f, u, s0); t0 = L.MultiplyAdd(f, v, t0);
                    f = L.Broadcast(x[aRow]);
                    s1 = L.MultiplyAdd(f, u, s1); t1 = L.MultiplyAdd(f, v, t1);
                    f = L.Broadcast(x[2 * aRow]);
                    s2 = L.MultiplyAdd(f, u, s2); t2 = L.MultiplyAdd(f, v, t2);
                    f = L.Broadcast(x3[0]);
                    s3 = L.MultiplyAdd(f, u, s3); t3 = L.MultiplyAdd(f, v, t3);
                    f = L.Broadcast(x3[aRow]);
                    s4 = L.MultiplyAdd(f, u, s4); t4 = L.MultiplyAdd(f, v, t4);
                    f = L.Broadcast(x3[2 * aRow]);
                    s5 = L.MultiplyAdd(f, u, s5); t5 = L.MultiplyAdd(f, v, t5);
                }
            }
            if (bias != null)
            {
                V u = L.Load(bias), v = L.LoadPart(bias + L.Count, part);
                (s0, s1, s2, s3, s4, s5) = (L.Add(s0, u), L.Add(s1, u), L.Add(s2, u), L.Add(s3, u), L.Add(s4, u), L.Add(s5, u));
                (t0, t1, t2, t3, t4, t5) = (L.Add(t0, v), L.Add(t1, v), L.Add(t2, v), L.Add(t3, v), L.Add(t4, v), L.Add(t5, v));
            }
            if (relu)
            {
                (s0, s1, s2, s3, s4, s5) = (L.Rectify(s0), L.Rectify(s1), L.Rectify(s2), L.Rectify(s3), L.Rectify(s4), L.Rectify(s5));
                (t0, t1, t2, t3, t4, t5) = (L.Rectify(t0), L.Rectify(t1), L.Rectify(t2), L.Rectify(t3), L.Rectify(t4), L.Rectify(t5));
            }
            L.Store(s0, c);
            L.Store(s1, c + cRow);
            L.Store(s2, c + 2 * cRow);
            L.Store(s3, c3);
            L.Store(s4, c3 + cRow);
            L.Store(s5, c3 + 2 * cRow);
            Store6(t0, t1, t2, t3, t4, t5, c + L.Count, cRow, part);
        }
    }

    /// <summary>All rows of the last columns, a vector or less of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns1(in GemmProblem<T> problem, nint j, T* b, nint bStep, int part, bool filled)
    {
        nint aRow = problem.ARow, aStep = problem.AColumn, cRow = problem.CRow, steps = problem.K, rows = problem.M;
        T* bias = problem.Epilogue.ColumnBias != null ? problem.Epilogue.ColumnBias + j : null;
        bool relu = problem.Epilogue.Relu, whole = part == L.Count;
        for (nint i = 0; i < rows; i += Height)
        {
            nint row = Math.Min(i, rows - Height);
            T* x = problem.A + row * aRow, x3 = x + 3 * aRow, y = b;
            V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
            for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
            {
                V u = whole || filled ? L.Load(y) : L.LoadPart(y, part);
                s0 = L.MultiplyAdd(L.Broadcast(x[0]), u, s0);
                s1 = L.MultiplyAdd(L.Broadcast(x[aRow]), u, s1);
                s2 = L.MultiplyAdd(L.Broadcast(x[2 * aRow]), u, s2);
                s3 = L.MultiplyAdd(L.Broadcast(x3[0]), u, s3);
                s4 = L.MultiplyAdd(L.Broadcast(x3[aRow]), u, s4);
                s5 = L.MultiplyAdd(L.Broadcast(x3[2 * aRow]), u, s5);
            }
            if (bias != null)
            {
                V u = L.LoadPart(bias, part);
                (s0, s1, s2, s3, s4, s5) = (L.Add(s0, u), L.Add(s1, u), L.Add(s2, u), L.Add(s3, u), L.Add(s4, u), L.Add(s5, u));
            }
            if (relu)
                (s0, s1, s2, s3, s4, s5) = (L.Rectify(s0), L.Rectify(s1), L.Rectify(s2), L.Rectify(s3), L.Rectify(s4), L.Rectify(s5));
            Store6(s0, s1, s2, s3, s4, s5, problem.C + row * cRow + j, cRow, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store6(V s0, V s1, V s2, V s3, V s4, V s5, T* c, nint cRow, int part)
    {
        T* c3 = c + 3 * cRow;
        if (part == L.Count)
        {
            L.Store(s0, c);
            L.Store(s1, c + cRow);
            L.Store(s2, c + 2 * cRow);
            L.Store(s3, c3);
            L.Store(s4, c3 + cRow);
            L.Store(s5, c3 + 2 * cRow);
            return;
        }
        L.StorePart(s0, c, part);
        L.StorePart(s1, c + cRow, part);
        L.StorePart(s2, c + 2 * cRow, part);
        L.StorePart(s3, c3, part);
        L.StorePart(s4, c3 + cRow, part);
        L.StorePart(s5, c3 + 2 * cRow, part);
    }
}
