using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Products of short sums and rows of whole vectors, down to a column times a row: a layer's first product, the gradients of a classifier's last. Bound by storing C, which is done in the order in which it lies.</summary>
/// <remarks>A tile of its own for each would spend longer on being set up than on its few steps. Every element is the same chain of multiply-adds as there, and rounded before anything is added to it.</remarks>
internal static unsafe class GemmShort<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int LongestSum = 16, Height = 4;
    // What one core writes in some 10 µs.
    private const nint ElementsPerChunk = 1 << 16;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        bool adds = problem.Beta == T.One;
        if (problem.K < 1 || problem.K > LongestSum || problem.N < L.Count || sizeof(T) < 4 || problem.M == 1 && problem.K > 1
            || problem.Alpha != T.One || !(adds || T.IsZero(problem.Beta)) || problem.Epilogue.RowBias != null || adds && !problem.Epilogue.IsIdentity)
            return false;
        // Groups of rows follow one another over all of B, which must stay near.
        if (problem.K > 1 && problem.K * problem.N * sizeof(T) > CacheSize.SecondLevel / 2)
            return false;
        // Many rows of B that share a cache set would drive each other out.
        bool packs = problem.BColumn != 1 || problem.K > 8 && problem.BRow * sizeof(T) % 4096 == 0;
        nint row = GemmPlan.Ceiling(problem.N, L.Count) * L.Count + L.Count;
        using var room = !packs ? default : Scratch.Rent<T>(problem.K * row);
        var body = new Body { Problem = problem, Addend = adds ? problem.Addend : null };
        if (packs)
        {
            body.Problem.B = (T*)room.Pointer;
            body.Problem.BRow = row;
            GemmPacking<T>.Pack(problem.B, problem.BColumn, problem.BRow, problem.N, problem.K, (int)row, body.Problem.B, row);
        }
        body.RowsPerChunk = GemmPlan.Ceiling(Math.Max(1, ElementsPerChunk / problem.N), Height) * Height;
        if (alone || problem.M <= body.RowsPerChunk)
            body.Run(0, problem.M);
        else
            WorkerPool.Run((int)GemmPlan.Ceiling(problem.M, body.RowsPerChunk), ref body);
        return true;
    }

    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;
        /// <summary>What the product is added to, or null.</summary>
        public T* Addend;
        public nint RowsPerChunk;

        public readonly void Run(int chunk)
        {
            nint first = chunk * RowsPerChunk;
            Run(first, Math.Min(first + RowsPerChunk, Problem.M));
        }

        public readonly void Run(nint first, nint end)
        {
            nint i = first;
            switch (Problem.K)
            {
                case 1: RowsOfFew<One>(first, end); return;
                case 2: RowsOfFew<Two>(first, end); return;
                case 3: RowsOfFew<Three>(first, end); return;
                case 4: RowsOfFew<Four>(first, end); return;
            }
            for (; i + Height <= end; i += Height)
                Rows4(i);
            for (; i < end; i++)
                Row1(i);
        }

        /// <summary>Four rows: what is loaded of B serves all of them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Rows4(nint i)
        {
            nint aRow = Problem.ARow, aStep = Problem.AColumn, bStep = Problem.BRow, steps = Problem.K, n = Problem.N;
            T* a = Problem.A + i * aRow, b = Problem.B;
            T* c0 = Problem.C + i * Problem.CRow, c1 = c0 + Problem.CRow, c2 = c1 + Problem.CRow, c3 = c2 + Problem.CRow;
            T* m0 = More(i), m1 = More(i + 1), m2 = More(i + 2), m3 = More(i + 3);
            bool relu = Problem.Epilogue.Relu;
            nint j = 0;
            // AVX-512 has registers for four vectors of each row.
            for (; L.Rows == 12 && j + 4 * L.Count <= n; j += 4 * L.Count)
            {
                V s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
                V s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
                Fetch4(c0 + j + 4 * L.Count); Fetch4(c1 + j + 4 * L.Count); Fetch4(c2 + j + 4 * L.Count); Fetch4(c3 + j + 4 * L.Count);
                T* x = a, x3 = a + 3 * aRow, y = b + j;
                for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
                {
                    V y0 = L.Load(y), y1 = L.Load(y + L.Count), y2 = L.Load(y + 2 * L.Count), y3 = L.Load(y + 3 * L.Count), factor = L.Broadcast(x[0]);
                    s00 = L.MultiplyAdd(factor, y0, s00); s01 = L.MultiplyAdd(factor, y1, s01); s02 = L.MultiplyAdd(factor, y2, s02); s03 = L.MultiplyAdd(factor, y3, s03);
                    factor = L.Broadcast(x[aRow]);
                    s10 = L.MultiplyAdd(factor, y0, s10); s11 = L.MultiplyAdd(factor, y1, s11); s12 = L.MultiplyAdd(factor, y2, s12); s13 = L.MultiplyAdd(factor, y3, s13);
                    factor = L.Broadcast(x[2 * aRow]);
                    s20 = L.MultiplyAdd(factor, y0, s20); s21 = L.MultiplyAdd(factor, y1, s21); s22 = L.MultiplyAdd(factor, y2, s22); s23 = L.MultiplyAdd(factor, y3, s23);
                    factor = L.Broadcast(*x3);
                    s30 = L.MultiplyAdd(factor, y0, s30); s31 = L.MultiplyAdd(factor, y1, s31); s32 = L.MultiplyAdd(factor, y2, s32); s33 = L.MultiplyAdd(factor, y3, s33);
                }
                Store2(s00, s01, c0, m0, j, relu); Store2(s02, s03, c0, m0, j + 2 * L.Count, relu);
                Store2(s10, s11, c1, m1, j, relu); Store2(s12, s13, c1, m1, j + 2 * L.Count, relu);
                Store2(s20, s21, c2, m2, j, relu); Store2(s22, s23, c2, m2, j + 2 * L.Count, relu);
                Store2(s30, s31, c3, m3, j, relu); Store2(s32, s33, c3, m3, j + 2 * L.Count, relu);
            }
            for (; j + 2 * L.Count <= n; j += 2 * L.Count)
            {
                V s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
                T* x = a, x3 = a + 3 * aRow, y = b + j;
                for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
                {
                    V y0 = L.Load(y), y1 = L.Load(y + L.Count), factor = L.Broadcast(x[0]);
                    s00 = L.MultiplyAdd(factor, y0, s00); s01 = L.MultiplyAdd(factor, y1, s01);
                    factor = L.Broadcast(x[aRow]);
                    s10 = L.MultiplyAdd(factor, y0, s10); s11 = L.MultiplyAdd(factor, y1, s11);
                    factor = L.Broadcast(x[2 * aRow]);
                    s20 = L.MultiplyAdd(factor, y0, s20); s21 = L.MultiplyAdd(factor, y1, s21);
                    factor = L.Broadcast(*x3);
                    s30 = L.MultiplyAdd(factor, y0, s30); s31 = L.MultiplyAdd(factor, y1, s31);
                }
                Store2(s00, s01, c0, m0, j, relu);
                Store2(s10, s11, c1, m1, j, relu);
                Store2(s20, s21, c2, m2, j, relu);
                Store2(s30, s31, c3, m3, j, relu);
            }
            for (; j < n; j += L.Count)
            {
                int part = (int)Math.Min(L.Count, n - j);
                V s0 = default, s1 = default, s2 = default, s3 = default;
                T* x = a, x3 = a + 3 * aRow, y = b + j;
                for (nint k = steps; k > 0; k--, x += aStep, x3 += aStep, y += bStep)
                {
                    V y0 = L.LoadPart(y, part);
                    s0 = L.MultiplyAdd(L.Broadcast(x[0]), y0, s0);
                    s1 = L.MultiplyAdd(L.Broadcast(x[aRow]), y0, s1);
                    s2 = L.MultiplyAdd(L.Broadcast(x[2 * aRow]), y0, s2);
                    s3 = L.MultiplyAdd(L.Broadcast(*x3), y0, s3);
                }
                StorePart(s0, c0, m0, j, relu, part);
                StorePart(s1, c1, m1, j, relu, part);
                StorePart(s2, c2, m2, j, relu, part);
                StorePart(s3, c3, m3, j, relu, part);
            }
        }

        /// <summary>Row by row, with their factors in registers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RowsOfFew<S>(nint first, nint end) where S : struct, ISteps
        {
            nint aRow = Problem.ARow, aStep = Problem.AColumn, bStep = Problem.BRow, cRow = Problem.CRow, n = Problem.N;
            T* a = Problem.A + first * aRow, c = Problem.C + first * cRow, b0 = Problem.B, b1 = b0 + bStep, b2 = b1 + bStep, b3 = b2 + bStep, more = More(first);
            nint moreRow = Addend != null ? Problem.AddendRow : 0;
            bool relu = Problem.Epilogue.Relu;
            V f1 = default, f2 = default, f3 = default;
            for (nint rows = end - first; rows > 0; rows--, a += aRow, c += cRow, more += moreRow)
            {
                V f0 = L.Broadcast(*a);
                if (S.Count > 1) f1 = L.Broadcast(a[aStep]);
                if (S.Count > 2) f2 = L.Broadcast(a[2 * aStep]);
                if (S.Count > 3) f3 = L.Broadcast(a[3 * aStep]);
                nint j = 0;
                for (; j + 2 * L.Count <= n; j += 2 * L.Count)
                {
                    V x = L.MultiplyAdd(f0, L.Load(b0 + j), default), y = L.MultiplyAdd(f0, L.Load(b0 + j + L.Count), default);
                    if (S.Count > 1)
                    {
                        x = L.MultiplyAdd(f1, L.Load(b1 + j), x);
                        y = L.MultiplyAdd(f1, L.Load(b1 + j + L.Count), y);
                    }
                    if (S.Count > 2)
                    {
                        x = L.MultiplyAdd(f2, L.Load(b2 + j), x);
                        y = L.MultiplyAdd(f2, L.Load(b2 + j + L.Count), y);
                    }
                    if (S.Count > 3)
                    {
                        x = L.MultiplyAdd(f3, L.Load(b3 + j), x);
                        y = L.MultiplyAdd(f3, L.Load(b3 + j + L.Count), y);
                    }
                    Store2(x, y, c, more, j, relu);
                }
                for (; j < n; j += L.Count)
                {
                    int part = (int)Math.Min(L.Count, n - j);
                    V x = L.MultiplyAdd(f0, L.LoadPart(b0 + j, part), default);
                    if (S.Count > 1) x = L.MultiplyAdd(f1, L.LoadPart(b1 + j, part), x);
                    if (S.Count > 2) x = L.MultiplyAdd(f2, L.LoadPart(b2 + j, part), x);
                    if (S.Count > 3) x = L.MultiplyAdd(f3, L.LoadPart(b3 + j, part), x);
                    StorePart(x, c, more, j, relu, part);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Row1(nint i)
        {
            nint aStep = Problem.AColumn, bStep = Problem.BRow, steps = Problem.K, n = Problem.N;
            T* a = Problem.A + i * Problem.ARow, c = Problem.C + i * Problem.CRow, b = Problem.B, more = More(i);
            bool relu = Problem.Epilogue.Relu;
            nint j = 0;
            for (; j + 2 * L.Count <= n; j += 2 * L.Count)
            {
                V s0 = default, s1 = default;
                T* x = a, y = b + j;
                for (nint k = steps; k > 0; k--, x += aStep, y += bStep)
                {
                    V factor = L.Broadcast(*x);
                    s0 = L.MultiplyAdd(factor, L.Load(y), s0);
                    s1 = L.MultiplyAdd(factor, L.Load(y + L.Count), s1);
                }
                Store2(s0, s1, c, more, j, relu);
            }
            for (; j < n; j += L.Count)
            {
                int part = (int)Math.Min(L.Count, n - j);
                V sum = default;
                T* x = a, y = b + j;
                for (nint k = steps; k > 0; k--, x += aStep, y += bStep)
                    sum = L.MultiplyAdd(L.Broadcast(*x), L.LoadPart(y, part), sum);
                StorePart(sum, c, more, j, relu, part);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Fetch4(T* c)
        {
            L.Prefetch(c);
            L.Prefetch(c + L.Count);
            L.Prefetch(c + 2 * L.Count);
            L.Prefetch(c + 3 * L.Count);
        }

        /// <summary>What is added to a row, or null.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T* More(nint i) => Addend != null ? Addend + i * Problem.AddendRow : Problem.Epilogue.ColumnBias;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store2(V x, V y, T* c, T* more, nint j, bool relu)
        {
            if (more != null)
            {
                x = L.Add(x, L.Load(more + j));
                y = L.Add(y, L.Load(more + j + L.Count));
            }
            if (relu)
            {
                x = L.Rectify(x);
                y = L.Rectify(y);
            }
            L.Store(x, c + j);
            L.Store(y, c + j + L.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void StorePart(V x, T* c, T* more, nint j, bool relu, int part)
        {
            if (more != null)
                x = L.Add(x, L.LoadPart(more + j, part));
            if (relu)
                x = L.Rectify(x);
            L.StorePart(x, c + j, part);
        }
    }

    /// <summary>A number of steps that the compiler knows, so that nothing is asked between loads and stores.</summary>
    private interface ISteps { static abstract int Count { get; } }
    private readonly struct One : ISteps { public static int Count => 1; }
    private readonly struct Two : ISteps { public static int Count => 2; }
    private readonly struct Three : ISteps { public static int Count => 3; }
    private readonly struct Four : ISteps { public static int Count => 4; }
}
