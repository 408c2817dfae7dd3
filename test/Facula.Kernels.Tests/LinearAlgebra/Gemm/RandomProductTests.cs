using System.Numerics;

namespace Facula.Kernels.Tests;

/// <summary>Products of random sizes and strides against the triple loop, their data beside pages that nobody may touch.</summary>
public unsafe class RandomProductTests
{
    [Fact]
    public void EveryProductEqualsTheTripleLoop()
    {
        foreach (int seed in RandomSeeds.Draw(600))
        {
            Check<float>(seed, 1.2e-7, (p, a, b, c, alpha, beta, finish) =>
            {
                if (p.Batch > 1)
                    Gemm.MultiplyBatched(a, p.ABatch, p.ARow, p.AColumn, b, p.BBatch, p.BRow, p.BColumn, c, p.CBatch, p.CRow, p.Batch, p.M, p.N, p.K, alpha, beta, finish);
                else if (alpha == 1 && beta == 0 && finish.RowBias == null && !finish.Relu)
                    Gemm.MultiplyPlain(a, p.ARow, p.AColumn, b, p.BRow, p.BColumn, c, p.CRow, p.M, p.N, p.K, finish.ColumnBias);
                else
                    Gemm.Multiply(a, p.ARow, p.AColumn, b, p.BRow, p.BColumn, c, p.CRow, p.M, p.N, p.K, alpha, beta, finish);
            });
            Check<double>(seed, 2.3e-16, (p, a, b, c, alpha, beta, finish) =>
            {
                if (p.Batch > 1)
                    Gemm.MultiplyBatched(a, p.ABatch, p.ARow, p.AColumn, b, p.BBatch, p.BRow, p.BColumn, c, p.CBatch, p.CRow, p.Batch, p.M, p.N, p.K, alpha, beta, finish);
                else if (alpha == 1 && beta == 0 && finish.RowBias == null && !finish.Relu)
                    Gemm.MultiplyPlain(a, p.ARow, p.AColumn, b, p.BRow, p.BColumn, c, p.CRow, p.M, p.N, p.K, finish.ColumnBias);
                else
                    Gemm.Multiply(a, p.ARow, p.AColumn, b, p.BRow, p.BColumn, c, p.CRow, p.M, p.N, p.K, alpha, beta, finish);
            });
        }
    }

    private delegate void Product<T>(Layout layout, T* a, T* b, T* c, T alpha, T beta, GemmEpilogue<T> finish) where T : unmanaged, INumberBase<T>;

    private static void Check<T>(int seed, double epsilon, Product<T> product) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        Layout layout = RandomLayout(random);
        bool atEnd = random.Next(2) == 0, relu = random.Next(4) == 0;
        double alpha = random.Pick(1, 1, 1, -0.5, 2), beta = random.Pick(0, 0, 0, 1, -0.75);
        T[] c = Values<T>(random, (layout.Batch - 1) * layout.CBatch + (layout.M - 1) * layout.CRow + layout.N);
        // What is not read must not matter.
        if (beta == 0)
            Array.Fill(c, T.NaN);
        using var a = new GuardedArray<T>(Values<T>(random, (layout.Batch - 1) * layout.ABatch + Extent(layout.M, layout.ARow, layout.K, layout.AColumn)), atEnd);
        using var b = new GuardedArray<T>(Values<T>(random, (layout.Batch - 1) * layout.BBatch + Extent(layout.K, layout.BRow, layout.N, layout.BColumn)), atEnd);
        using var result = new GuardedArray<T>(c, atEnd);
        using var rowBias = new GuardedArray<T>(Values<T>(random, layout.M), atEnd);
        using var columnBias = new GuardedArray<T>(Values<T>(random, layout.N), atEnd);
        var finish = new GemmEpilogue<T> { RowBias = random.Next(4) == 0 ? rowBias.Pointer : null, ColumnBias = random.Next(3) == 0 ? columnBias.Pointer : null, Relu = relu };
        product(layout, a.Pointer, b.Pointer, result.Pointer, T.CreateChecked(alpha), T.CreateChecked(beta), finish);
        for (int batch = 0; batch < layout.Batch; batch++)
        for (int i = 0; i < layout.M; i++)
        for (int j = 0; j < layout.N; j++)
        {
            double sum = 0, size = 1;
            for (int k = 0; k < layout.K; k++)
            {
                double term = double.CreateChecked(a.Pointer[batch * layout.ABatch + i * layout.ARow + k * layout.AColumn]) * double.CreateChecked(b.Pointer[batch * layout.BBatch + k * layout.BRow + j * layout.BColumn]);
                sum += term;
                size += Math.Abs(term);
            }
            int at = batch * layout.CBatch + i * layout.CRow + j;
            sum = alpha * sum + (beta == 0 ? 0 : beta * double.CreateChecked(c[at]));
            sum += finish.RowBias == null ? 0 : double.CreateChecked(rowBias.Pointer[i]);
            sum += finish.ColumnBias == null ? 0 : double.CreateChecked(columnBias.Pointer[j]);
            double got = double.CreateChecked(result.Pointer[at]), expected = relu ? Math.Max(sum, 0) : sum;
            if (!(Math.Abs(got - expected) <= 4 * epsilon * (2 * size + 2)))
                Assert.Fail($"{typeof(T).Name} {layout}, alpha {alpha}, beta {beta}, seed {seed} [{batch}, {i}, {j}]: {got} instead of {expected}");
        }
    }

    private readonly record struct Layout(int Batch, int M, int N, int K, int ABatch, int ARow, int AColumn, int BBatch, int BRow, int BColumn, int CBatch, int CRow);

    // Each way of multiplying has its own bounds: sizes come from lists on either side of them.
    private static Layout RandomLayout(Random random)
    {
        while (true)
        {
            int batch = random.Pick(1, 1, 1, 2, 5, 40), m = Size(random), n = Size(random), k = Size(random);
            if ((long)batch * m * n * k > 1 << 20)
                continue;
            var (aRow, aColumn) = Strides(random, m, k);
            var (bRow, bColumn) = Strides(random, k, n);
            int cRow = n + random.Pick(0, 0, 1, 5);
            return new Layout(batch, m, n, k,
                random.Pick(0, 1) * (Extent(m, aRow, k, aColumn) + random.Pick(0, 3)), aRow, aColumn,
                random.Pick(0, 1) * (Extent(k, bRow, n, bColumn) + random.Pick(0, 3)), bRow, bColumn,
                m * cRow + random.Pick(0, 7), cRow);
        }
    }

    private static int Size(Random random) => random.Next(3) == 0 ? random.Next(1, 70) : random.Pick(1, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 17, 24, 31, 32, 33, 48, 64, 65, 100, 128, 129, 200, 257, 300, 512, 600, 1000);

    private static (int Row, int Column) Strides(Random random, int rows, int columns) => random.Next(5) switch
    {
        0 or 1 => (columns + random.Pick(0, 0, 3), 1),
        2 or 3 => (1, rows + random.Pick(0, 0, 3)),
        _ => (2 * columns + 1, 2),
    };

    private static int Extent(int rows, int row, int columns, int column) => (rows - 1) * row + (columns - 1) * column + 1;

    private static T[] Values<T>(Random random, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = T.CreateChecked(random.NextDouble() * 2 - 1);
        return values;
    }
}
