using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Products with a vector: bound by reading the matrix, so nothing is packed.</summary>
internal static unsafe class GemmVector<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int RowsPerChunk = 64;
    private const int ElementsPerDot = 1 << 16;
    // What one core reads in some 10 µs.
    private const long SmallMatrix = 1 << 16;

    private static int BlockColumns => 8 * L.Count;

    /// <summary>Does the product if its matrix has a unit stride on either side; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem)
    {
        var body = new Body { Epilogue = problem.Epilogue, K = problem.K, Alpha = problem.Alpha, Beta = problem.Beta, Result = problem.C, Addend = problem.Addend };
        if (problem.N == 1)
        {
            body.Matrix = problem.A;
            (body.OutputStride, body.KStride) = (problem.ARow, problem.AColumn);
            body.Vector = problem.B;
            body.VectorStride = problem.BRow;
            body.ResultStride = problem.CRow;
            body.AddendStride = problem.AddendRow;
            body.Outputs = problem.M;
            body.Epilogue.RowBias = problem.Epilogue.ColumnBias;
            body.Epilogue.ColumnBias = problem.Epilogue.RowBias;
        }
        else
        {
            body.Matrix = problem.B;
            (body.OutputStride, body.KStride) = (problem.BColumn, problem.BRow);
            body.Vector = problem.A;
            body.VectorStride = problem.AColumn;
            body.ResultStride = body.AddendStride = 1;
            body.Outputs = problem.N;
        }
        body.ByDots = body.KStride == 1;
        body.IsFar = body.Outputs * body.K * sizeof(T) > CacheSize.SecondLevel / 2;
        if (!body.ByDots && body.OutputStride != 1)
            return false;

        using var room = body.VectorStride == 1 || !body.ByDots ? default : Scratch.Rent<T>(body.K);
        if (room.Pointer != null)
        {
            T* copy = (T*)room.Pointer;
            for (nint i = 0; i < body.K; i++)
                copy[i] = body.Vector[i * body.VectorStride];
            body.Vector = copy;
        }
        nint perChunk = body.ByDots ? RowsPerChunk : BlockColumns;
        int chunks = (int)GemmPlan.Ceiling(body.Outputs, perChunk);
        if (body.Outputs * body.K <= SmallMatrix)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body.Run(chunk);
        }
        else
        {
            WorkerPool.Run(chunks, ref body);
        }
        return true;
    }

    /// <summary>The dot product; long ones in pieces that are summed in order, whoever does them.</summary>
    public static T Dot(T* a, nint aStride, T* b, nint bStride, nint count)
    {
        if (aStride != 1 || bStride != 1)
            return StridedDot(a, aStride, b, bStride, count);
        if (count <= ElementsPerDot)
            return Dot1(a, b, count);

        int pieces = (int)GemmPlan.Ceiling(count, ElementsPerDot);
        using var room = Scratch.Rent<T>(pieces);
        var body = new DotBody { A = a, B = b, Count = count, Sums = (T*)room.Pointer };
        WorkerPool.Run(pieces, ref body);
        T sum = body.Sums[0];
        for (int i = 1; i < pieces; i++)
            sum += body.Sums[i];
        return sum;
    }

    private static T StridedDot(T* a, nint aStride, T* b, nint bStride, nint count)
    {
        T sum0 = T.Zero, sum1 = T.Zero;
        nint i = 0;
        for (; i + 2 <= count; i += 2)
        {
            sum0 = T.MultiplyAddEstimate(a[i * aStride], b[i * bStride], sum0);
            sum1 = T.MultiplyAddEstimate(a[(i + 1) * aStride], b[(i + 1) * bStride], sum1);
        }
        return i < count ? T.MultiplyAddEstimate(a[i * aStride], b[i * bStride], sum0) + sum1 : sum0 + sum1;
    }

    // The loops of the tutorials, whose weight is a single number, print PyTorch's digits if the lanes are summed in this order and the rest one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Dot1(T* a, T* b, nint count)
    {
        if (sizeof(V) < sizeof(Vector512<T>) && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
            return WideDot(a, b, count);
        V s0 = default, s1 = default, s2 = default, s3 = default;
        nint i = 0;
        for (; i + 4 * L.Count <= count; i += 4 * L.Count)
        {
            s0 = L.MultiplyAdd(L.Load(a + i), L.Load(b + i), s0);
            s1 = L.MultiplyAdd(L.Load(a + i + L.Count), L.Load(b + i + L.Count), s1);
            s2 = L.MultiplyAdd(L.Load(a + i + 2 * L.Count), L.Load(b + i + 2 * L.Count), s2);
            s3 = L.MultiplyAdd(L.Load(a + i + 3 * L.Count), L.Load(b + i + 3 * L.Count), s3);
        }
        for (; i + L.Count <= count; i += L.Count)
            s0 = L.MultiplyAdd(L.Load(a + i), L.Load(b + i), s0);
        T sum = L.Sum(L.Add(L.Add(s0, s1), L.Add(s2, s3)));
        for (; i < count; i++)
            sum = T.MultiplyAddEstimate(a[i], b[i], sum);
        return sum;
    }

    /// <summary>The same sums where a vector of 512 bits is several smaller ones, so that all processors print the same digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T WideDot(T* a, T* b, nint count)
    {
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
        nint i = 0, lanes = Vector512<T>.Count;
        for (; i + 4 * lanes <= count; i += 4 * lanes)
        {
            s0 = RealLoops.Fma(Vector512.Load(a + i), Vector512.Load(b + i), s0);
            s1 = RealLoops.Fma(Vector512.Load(a + i + lanes), Vector512.Load(b + i + lanes), s1);
            s2 = RealLoops.Fma(Vector512.Load(a + i + 2 * lanes), Vector512.Load(b + i + 2 * lanes), s2);
            s3 = RealLoops.Fma(Vector512.Load(a + i + 3 * lanes), Vector512.Load(b + i + 3 * lanes), s3);
        }
        for (; i + lanes <= count; i += lanes)
            s0 = RealLoops.Fma(Vector512.Load(a + i), Vector512.Load(b + i), s0);
        T sum = Vector512.Sum(s0 + s1 + (s2 + s3));
        for (; i < count; i++)
            sum = T.MultiplyAddEstimate(a[i], b[i], sum);
        return sum;
    }

    /// <summary>Four rows against one vector: it is loaded once for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot4(T* rows, nint stride, T* vector, nint count, bool far, T* sums)
    {
        T* r1 = rows + stride, r2 = r1 + stride, r3 = r2 + stride;
        V s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
        nint i = 0;
        for (; i + 2 * L.Count <= count; i += 2 * L.Count)
        {
            V x = L.Load(vector + i), y = L.Load(vector + i + L.Count);
            if (far)
            {
                // The rows that come next: where a row ends, the processor's own looking ahead ends too.
                T* next = r3 + stride + i;
                L.Prefetch(next);
                L.Prefetch(next + L.Count);
                L.Prefetch(next + stride);
                L.Prefetch(next + stride + L.Count);
                L.Prefetch(next + 2 * stride);
                L.Prefetch(next + 2 * stride + L.Count);
                L.Prefetch(next + 3 * stride);
                L.Prefetch(next + 3 * stride + L.Count);
            }
            s0 = L.MultiplyAdd(L.Load(rows + i), x, s0);
            s1 = L.MultiplyAdd(L.Load(r1 + i), x, s1);
            s2 = L.MultiplyAdd(L.Load(r2 + i), x, s2);
            s3 = L.MultiplyAdd(L.Load(r3 + i), x, s3);
            t0 = L.MultiplyAdd(L.Load(rows + i + L.Count), y, t0);
            t1 = L.MultiplyAdd(L.Load(r1 + i + L.Count), y, t1);
            t2 = L.MultiplyAdd(L.Load(r2 + i + L.Count), y, t2);
            t3 = L.MultiplyAdd(L.Load(r3 + i + L.Count), y, t3);
        }
        for (; i + L.Count <= count; i += L.Count)
        {
            V x = L.Load(vector + i);
            s0 = L.MultiplyAdd(L.Load(rows + i), x, s0);
            s1 = L.MultiplyAdd(L.Load(r1 + i), x, s1);
            s2 = L.MultiplyAdd(L.Load(r2 + i), x, s2);
            s3 = L.MultiplyAdd(L.Load(r3 + i), x, s3);
        }
        if (i < count)
        {
            int part = (int)(count - i);
            V x = L.LoadPart(vector + i, part);
            t0 = L.MultiplyAdd(L.LoadPart(rows + i, part), x, t0);
            t1 = L.MultiplyAdd(L.LoadPart(r1 + i, part), x, t1);
            t2 = L.MultiplyAdd(L.LoadPart(r2 + i, part), x, t2);
            t3 = L.MultiplyAdd(L.LoadPart(r3 + i, part), x, t3);
        }
        L.Sums(L.Add(s0, t0), L.Add(s1, t1), L.Add(s2, t2), L.Add(s3, t3), sums);
    }

    /// <summary>Eight vectors of outputs stay in registers while k runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns8(T* matrix, nint stride, T* vector, nint vectorStride, nint k, bool far, T* sums)
    {
        V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; k > 0; k--)
        {
            V x = L.Broadcast(*vector);
            s0 = L.MultiplyAdd(L.Load(matrix), x, s0);
            s1 = L.MultiplyAdd(L.Load(matrix + L.Count), x, s1);
            s2 = L.MultiplyAdd(L.Load(matrix + 2 * L.Count), x, s2);
            s3 = L.MultiplyAdd(L.Load(matrix + 3 * L.Count), x, s3);
            s4 = L.MultiplyAdd(L.Load(matrix + 4 * L.Count), x, s4);
            s5 = L.MultiplyAdd(L.Load(matrix + 5 * L.Count), x, s5);
            s6 = L.MultiplyAdd(L.Load(matrix + 6 * L.Count), x, s6);
            s7 = L.MultiplyAdd(L.Load(matrix + 7 * L.Count), x, s7);
            if (far)
            {
                // Rows may be pages apart, where no processor looks ahead by itself.
                T* next = matrix + 8 * stride;
                L.Prefetch(next);
                L.Prefetch(next + L.Count);
                L.Prefetch(next + 2 * L.Count);
                L.Prefetch(next + 3 * L.Count);
                L.Prefetch(next + 4 * L.Count);
                L.Prefetch(next + 5 * L.Count);
                L.Prefetch(next + 6 * L.Count);
                L.Prefetch(next + 7 * L.Count);
            }
            matrix += stride;
            vector += vectorStride;
        }
        L.Store(s0, sums);
        L.Store(s1, sums + L.Count);
        L.Store(s2, sums + 2 * L.Count);
        L.Store(s3, sums + 3 * L.Count);
        L.Store(s4, sums + 4 * L.Count);
        L.Store(s5, sums + 5 * L.Count);
        L.Store(s6, sums + 6 * L.Count);
        L.Store(s7, sums + 7 * L.Count);
    }

    /// <summary>Fewer outputs, a vector of them at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column1(T* matrix, nint stride, T* vector, nint vectorStride, nint k, nint outputs, T* sums)
    {
        for (nint j = 0; j < outputs; j += L.Count)
        {
            int part = (int)Math.Min(L.Count, outputs - j);
            V s0 = default, s1 = default, s2 = default, s3 = default;
            T* from = matrix + j, x = vector;
            nint i = 0;
            if (part == L.Count)
            {
                for (; i + 4 <= k; i += 4, from += 4 * stride, x += 4 * vectorStride)
                {
                    s0 = L.MultiplyAdd(L.Load(from), L.Broadcast(*x), s0);
                    s1 = L.MultiplyAdd(L.Load(from + stride), L.Broadcast(x[vectorStride]), s1);
                    s2 = L.MultiplyAdd(L.Load(from + 2 * stride), L.Broadcast(x[2 * vectorStride]), s2);
                    s3 = L.MultiplyAdd(L.Load(from + 3 * stride), L.Broadcast(x[3 * vectorStride]), s3);
                }
            }
            else
            {
                for (; i + 4 <= k; i += 4, from += 4 * stride, x += 4 * vectorStride)
                {
                    s0 = L.MultiplyAdd(L.LoadPart(from, part), L.Broadcast(*x), s0);
                    s1 = L.MultiplyAdd(L.LoadPart(from + stride, part), L.Broadcast(x[vectorStride]), s1);
                    s2 = L.MultiplyAdd(L.LoadPart(from + 2 * stride, part), L.Broadcast(x[2 * vectorStride]), s2);
                    s3 = L.MultiplyAdd(L.LoadPart(from + 3 * stride, part), L.Broadcast(x[3 * vectorStride]), s3);
                }
            }
            for (; i < k; i++, from += stride, x += vectorStride)
                s0 = L.MultiplyAdd(L.LoadPart(from, part), L.Broadcast(*x), s0);
            L.StorePart(L.Add(L.Add(s0, s1), L.Add(s2, s3)), sums + j, part);
        }
    }

    private struct Body : IParallelBody
    {
        public T* Matrix, Vector, Result, Addend;
        public nint OutputStride, KStride, VectorStride, ResultStride, AddendStride, Outputs, K;
        public T Alpha, Beta;
        public GemmEpilogue<T> Epilogue;
        public bool ByDots;
        /// <summary>The matrix is more than the second-level cache holds.</summary>
        public bool IsFar;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        [SkipLocalsInit]
        public readonly void Run(int chunk)
        {
            nint perChunk = ByDots ? RowsPerChunk : BlockColumns;
            nint first = chunk * perChunk, count = Math.Min(perChunk, Outputs - first);
            // 64 rows, or eight vectors of at most 64 elements.
            T* room = stackalloc T[512];
            bool plain = ResultStride == 1 && Alpha == T.One && T.IsZero(Beta) && Epilogue.IsIdentity;
            T* sums = plain ? Result + first : room;
            if (ByDots)
            {
                T* row = Matrix + first * OutputStride;
                nint i = 0;
                for (; i + 4 <= count; i += 4, row += 4 * OutputStride)
                    Dot4(row, OutputStride, Vector, K, IsFar, sums + i);
                for (; i < count; i++, row += OutputStride)
                    sums[i] = Dot1(row, Vector, K);
            }
            else if (count == BlockColumns)
            {
                Columns8(Matrix + first, KStride, Vector, VectorStride, K, IsFar, sums);
            }
            else
            {
                Column1(Matrix + first, KStride, Vector, VectorStride, K, count, sums);
            }
            if (!plain)
                Finish(sums, first, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Finish(T* sums, nint first, nint count)
        {
            bool set = T.IsZero(Beta);
            if (ResultStride == 1 && (set || AddendStride == 1))
            {
                FinishDense(sums, first, count);
                return;
            }
            for (nint i = 0; i < count; i++)
            {
                T* to = Result + (first + i) * ResultStride;
                T x = set ? sums[i] * Alpha : T.MultiplyAddEstimate(sums[i], Alpha, Addend[(first + i) * AddendStride] * Beta);
                *to = Epilogue.Apply(x, 0, first + i);
            }
        }

        /// <summary>The same for results and addends that lie side by side.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FinishDense(T* sums, nint first, nint count)
        {
            bool set = T.IsZero(Beta), relu = Epilogue.Relu;
            T* to = Result + first, addend = Addend + first, biases = Epilogue.ColumnBias != null ? Epilogue.ColumnBias + first : null, one = Epilogue.RowBias;
            V alpha = L.Broadcast(Alpha), beta = L.Broadcast(Beta);
            for (nint i = 0; i < count; i += L.Count)
            {
                int part = (int)Math.Min(L.Count, count - i);
                V x = L.LoadPart(sums + i, part);
                x = set ? L.Multiply(x, alpha) : L.MultiplyAdd(x, alpha, L.Multiply(L.LoadPart(addend + i, part), beta));
                if (one != null)
                    x = L.Add(x, L.Broadcast(*one));
                if (biases != null)
                    x = L.Add(x, L.LoadPart(biases + i, part));
                if (relu)
                    x = L.Rectify(x);
                L.StorePart(x, to + i, part);
            }
        }
    }

    private struct DotBody : IParallelBody
    {
        public T* A, B, Sums;
        public nint Count;

        public readonly void Run(int chunk)
        {
            nint first = (nint)chunk * ElementsPerDot;
            Sums[chunk] = Dot1(A + first, B + first, Math.Min(ElementsPerDot, Count - first));
        }
    }
}
