using System.Numerics;

namespace Facula.Kernels.Tests;

public unsafe class GemmTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 4, 4, 4 }, { 3, 5, 7 }, { 12, 32, 9 }, { 13, 33, 17 }, { 1, 50, 40 }, { 50, 1, 40 }, { 64, 64, 64 }, { 65, 67, 63 },
        { 100, 10, 300 }, { 130, 200, 257 }, { 37, 129, 520 }, { 300, 70, 31 }, { 5, 2100, 12 }, { 250, 2060, 20 }, { 5, 6, 0 }, { 0, 6, 5 }, { 5, 0, 6 },
        { 9, 13, 5003 }, { 1, 7, 4100 }, { 1, 5, 3 }, { 1, 70, 600 }, { 3, 2, 70000 }, { 560, 140, 390 }, { 96, 60, 800 }, { 11, 1030, 300 }, { 18, 2100, 65 },
        { 70, 3, 3 }, { 8, 2, 16 }, { 101, 7, 5 }, { 90, 16, 16 }, { 77, 15, 9 }, { 30, 6, 33 }, { 30, 10, 32 }, { 300, 70, 600 }, { 9, 40, 1 }, { 300, 257, 1 }, { 70, 2100, 1 },
        { 17, 200, 600 }, { 40, 150, 530 }, { 33, 101, 75 }, { 2, 512, 511 }, { 64, 10, 300 }, { 7, 9, 100 }, { 5, 70, 33 }, { 31, 6, 48 },
        { 7, 70, 5 }, { 70, 133, 2 }, { 41, 67, 3 }, { 19, 33, 4 }, { 50, 1023, 12 }, { 9, 130, 16 }, { 6, 70000, 8 }, { 260, 4, 100 }, { 300, 7, 200 }, { 70, 10, 128 }, { 200, 3, 64 }, { 131, 2, 40 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Float32EqualsTheTripleLoop(int m, int n, int k) => CheckAll<float>(m, n, k, (x, y) => Run(x, y));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Float64EqualsTheTripleLoop(int m, int n, int k) => CheckAll<double>(m, n, k, (x, y) => Run(x, y));

    [Theory]
    [InlineData(150, 333, 600, true)]
    [InlineData(400, 90, 300, true)]
    [InlineData(20, 30, 9000, true)]
    [InlineData(7, 2070, 600, false)]
    [InlineData(1700, 1300, 1010, true)]
    [InlineData(20001, 3, 4, false)]
    [InlineData(700, 400, 1, false)]
    [InlineData(24, 700, 600, true)]
    [InlineData(6, 900, 400, true)]
    [InlineData(900, 10, 400, true)]
    [InlineData(3001, 100, 7, false)]
    [InlineData(3001, 100, 3, true)]
    [InlineData(5003, 3, 100, false)]
    public void NoThreadCountChangesABit(int m, int n, int k, bool transposeB)
    {
        var problem = new GemmCase<float>(m, n, k, false, transposeB, 1, 0);
        int threads = WorkerPool.Threads;
        var results = new List<float[]>();
        try
        {
            foreach (int count in (int[])[1, 2, 3, 7])
            {
                WorkerPool.Threads = count;
                results.Add(Run(problem, default));
            }
        }
        finally
        {
            WorkerPool.Threads = threads;
        }
        Assert.All(results, r => Assert.Equal(results[0], r));
    }

    [Fact]
    public void NotANumberAndInfinityPropagateThroughZeros()
    {
        var problem = new GemmCase<float>(20, 40, 30, false, false, 1, 0);
        Array.Clear(problem.A);
        problem.B[3 * problem.BRow + 5] = float.NaN;
        problem.B[7 * problem.BRow + 39] = float.PositiveInfinity;
        var c = Run(problem, default);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(float.IsNaN(c[i * problem.CRow + 5]));
            Assert.True(float.IsNaN(c[i * problem.CRow + 39]));
            Assert.Equal(0, c[i * problem.CRow + 6]);
        }
    }

    [Fact]
    public void WithBetaZeroTheOldContentsAreNotRead()
    {
        var problem = new GemmCase<double>(33, 45, 8, true, false, 1, 0);
        Array.Fill(problem.C, double.NaN);
        problem.AssertClose(Run(problem, default));
    }

    [Theory]
    [InlineData(3, 5, 4)]
    [InlineData(33, 50, 1)]
    [InlineData(70, 133, 20)]
    [InlineData(65, 65, 65)]
    [InlineData(130, 150, 600)]
    [InlineData(1, 70, 40)]
    [InlineData(70, 1, 40)]
    [InlineData(6, 8, 5000)]
    [InlineData(41, 70, 4)]
    [InlineData(30, 70, 13)]
    public void AnAddendApartIsReadWhereItLies(int m, int n, int k)
    {
        foreach ((float alpha, float beta) in ((float, float)[])[(1.5f, 1), (1, 1), (1.5f, -0.5f)])
        {
            var p = new GemmCase<float>(m, n, k, false, false, alpha, beta);
            float[] result = (float[])p.C.Clone();
            for (int i = 0; i < m; i++)
                Array.Fill(result, float.NaN, i * p.CRow, n);
            fixed (float* a = p.A, b = p.B, d = p.C, c = result)
                Gemm.MultiplyAdd(a, p.ARow, p.AColumn, b, p.BRow, p.BColumn, d, p.CRow, c, p.CRow, m, n, k, p.Alpha, beta);
            p.AssertClose(result);
        }
    }

    [Theory]
    [InlineData(7, 9, 5)]
    [InlineData(24, 64, 300)]
    [InlineData(90, 100, 70)]
    [InlineData(50, 70, 900)]
    [InlineData(6, 8, 5000)]
    [InlineData(30, 200, 600)]
    [InlineData(19, 10, 100)]
    [InlineData(30, 70, 3)]
    [InlineData(31, 70, 9)]
    [InlineData(128, 10, 64)]
    [InlineData(150, 4, 90)]
    public void BiasesAndReluComeLast(int m, int n, int k)
    {
        foreach (int which in (int[])[1, 2, 3, 4, 5, 6, 7, 10, 14, 15, 18, 20, 22, 30])
        {
            // One and two: biases; four: relu; eight and sixteen: a factor transposed; seven alone adds to the old contents.
            var problem = new GemmCase<float>(m, n, k, which > 15, (which & 8) != 0, which is 2 or 6 or 10 or > 15 ? 1 : 0.5f, which == 7 ? 2 : 0);
            float[] rows = GemmCase<float>.Random(m, 5), columns = GemmCase<float>.Random(n, 6);
            fixed (float* row = rows, column = columns)
            {
                var epilogue = new GemmEpilogue<float>
                {
                    RowBias = (which & 1) != 0 ? row : null,
                    ColumnBias = (which & 2) != 0 ? column : null,
                    Relu = (which & 4) != 0,
                };
                problem.AssertClose(Run(problem, epilogue), (x, i, j) =>
                {
                    x += ((which & 1) != 0 ? rows[i] : 0) + ((which & 2) != 0 ? columns[j] : 0);
                    return (which & 4) != 0 && x < 0 ? 0 : x;
                });
            }
        }
    }

    [Theory]
    [InlineData(8, 2, 1)]
    [InlineData(9, 3, 3)]
    [InlineData(50, 4, 4)]
    [InlineData(57, 5, 2)]
    [InlineData(64, 13, 16)]
    [InlineData(10001, 3, 3)]
    public void NarrowResultsWhoseRowsFollowOneAnother(int m, int n, int k)
    {
        float[] a = GemmCase<float>.Random(m * k, 1), b = GemmCase<float>.Random(k * n, 2), bias = GemmCase<float>.Random(n, 3), c = new float[m * n + 1];
        c[^1] = 7;
        fixed (float* pa = a, pb = b, pc = c, start = bias)
            Gemm.Multiply(pa, k, 1, pb, n, 1, pc, n, m, n, k, 1, 0, new GemmEpilogue<float> { ColumnBias = start, Relu = true });
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = bias[j];
                for (int step = 0; step < k; step++)
                    sum += (double)a[i * k + step] * b[step * n + j];
                Assert.Equal(Math.Max(sum, 0), c[i * n + j], 1e-5);
            }
        }
        Assert.Equal(7, c[^1]);
    }

    [Fact]
    public void StridesMayBeZeroOrNegative()
    {
        float[] a = [1, 2, 3], b = [10, 20, 30, 40], c = new float[6];
        fixed (float* pa = a, pb = b, pc = c)
        {
            // A repeats one row, backwards; B is a Hankel-like view of four numbers.
            Gemm.Multiply(pa + 2, 0, -1, pb, 1, 1, pc, 3, 2, 2, 3, 1, 0);
        }
        Assert.Equal([3 * 10 + 2 * 20 + 30, 3 * 20 + 2 * 30 + 40, 0, 3 * 10 + 2 * 20 + 30, 3 * 20 + 2 * 30 + 40, 0], c);
    }

    private static void CheckAll<T>(int m, int n, int k, Func<GemmCase<T>, GemmEpilogue<T>, T[]> run) where T : unmanaged, INumber<T>
    {
        foreach (bool transposeA in (bool[])[false, true])
        {
            foreach (bool transposeB in (bool[])[false, true])
            {
                foreach (var (alpha, beta) in ((double, double)[])[(1, 0), (1, 1), (-1, 1), (0.5, -0.75)])
                {
                    var problem = new GemmCase<T>(m, n, k, transposeA, transposeB, T.CreateChecked(alpha), T.CreateChecked(beta));
                    problem.AssertClose(run(problem, default));
                }
            }
        }
    }

    private static float[] Run(GemmCase<float> p, GemmEpilogue<float> epilogue)
    {
        var c = (float[])p.C.Clone();
        fixed (float* pa = p.A, pb = p.B, pc = c)
            Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, p.M, p.N, p.K, p.Alpha, p.Beta, epilogue);
        return c;
    }

    private static double[] Run(GemmCase<double> p, GemmEpilogue<double> epilogue)
    {
        var c = (double[])p.C.Clone();
        fixed (double* pa = p.A, pb = p.B, pc = c)
            Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, p.M, p.N, p.K, p.Alpha, p.Beta, epilogue);
        return c;
    }
}
