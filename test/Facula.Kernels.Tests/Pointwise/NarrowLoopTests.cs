using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Rows of low precision, broadcast or cut out of others, against one number at a time.</summary>
public unsafe class NarrowLoopTests
{
    [Theory]
    [InlineData(3, 32)]
    [InlineData(5, 45)]
    [InlineData(70, 611)]
    public void Rows_of_two_operands(int rows, int columns)
    {
        var random = new Random(columns);
        int pitch = columns + 3;
        BFloat16[] x = Numbers(rows * pitch), y = Numbers(rows * pitch), result = new BFloat16[rows * columns];
        var answers = new bool[rows * columns];
        fixed (BFloat16* a = x, b = y, d = result)
        fixed (bool* m = answers)
        {
            foreach ((long[] left, long[] right) in ((long[], long[])[])[([pitch, 1], [pitch, 1]), ([pitch, 1], [0, 1]), ([1, 0], [pitch, 1]), ([pitch, 1], [0, 0])])
            {
                Assert.True(NarrowLoop.TryRows<FloatZip<DivKernel>, float, float>(default, new(a, 0), left, new(b, 0), right, d, [columns, 1], [rows, columns], isBrain: true, PointwiseGrain.Light));
                Assert.True(NarrowLoop.TryRows<CompareZip<LtKernel, float>, float, bool>(default, new(a, 0), left, new(b, 0), right, m, [columns, 1], [rows, columns], isBrain: true, PointwiseGrain.Light));
                for (int i = 0; i < rows; i++)
                    for (int j = 0; j < columns; j++)
                    {
                        float one = (float)x[i * left[0] + j * left[1]], other = (float)y[i * right[0] + j * right[1]];
                        Assert.Equal((BFloat16)(one / other), result[i * columns + j]);
                        Assert.Equal(one < other, answers[i * columns + j]);
                    }
            }
            // Both turned: one dense run; beside a number; and rows that are no rows.
            Assert.True(NarrowLoop.TryRows<NumberZip<AddKernel, float>, float, float>(default, new(a, 0), [1, rows], new(null, 2), [0, 0], d, [1, rows], [rows, columns], isBrain: true, PointwiseGrain.Light));
            for (int i = 0; i < rows * columns; i++) Assert.Equal((BFloat16)((float)x[i] + 2), result[i]);
            Assert.False(NarrowLoop.TryRows<NumberZip<AddKernel, float>, float, float>(default, new(a, 0), [1, rows], new(b, 0), [columns, 1], d, [columns, 1], [rows, columns], isBrain: true, PointwiseGrain.Light));
        }

        BFloat16[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (BFloat16)(random.NextSingle() * 4 - 2))];
    }
}
