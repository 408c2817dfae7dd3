namespace Facula.Kernels.Tests;

/// <summary>Functions of two operands of which one or both are dense along another dimension than the result.</summary>
[Trait("Size", "Small")]
public unsafe class ZipLoopTests
{
    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(1, 70, 131)]
    [InlineData(3, 129, 33)]
    [InlineData(2, 9, 300)]
    public void TurnedOperandsMeetTheRightElements(int planes, int rows, int columns)
    {
        Add<float>(planes, rows, columns, i => i);
        Add<double>(planes, rows, columns, i => i);
        Add<long>(planes, rows, columns, i => i);
    }

    private static void Add<T>(int planes, int rows, int columns, Func<int, T> make) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        int count = planes * rows * columns;
        T[] values = [.. Enumerable.Range(0, count).Select(make)];
        long[] plain = [rows * columns, columns, 1], turned = [rows * columns, 1, rows], shape = [planes, rows, columns];
        foreach (var (left, right) in new[] { (plain, turned), (turned, plain), (turned, turned) })
        {
            var sums = new T[count];
            fixed (T* v = values, d = sums)
                ZipLoop.Run(default(NumberZip<AddKernel, T>), v, left, v, right, d, plain, shape);
            for (int p = 0; p < planes; p++)
                for (int r = 0; r < rows; r++)
                    for (int c = 0; c < columns; c++)
                        Assert.Equal(
                            values[p * left[0] + r * left[1] + c * left[2]] + values[p * right[0] + r * right[1] + c * right[2]],
                            sums[(p * rows + r) * columns + c]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(127)]
    [InlineData(1000)]
    [InlineData(40003)]
    public void AnswersAreThoseOfEachPair(int count)
    {
        Compare<float>(count);
        Compare<double>(count);
        Compare<long>(count);
        Compare<int>(count);
        Compare<short>(count);
        Compare<sbyte>(count);
        Compare<byte>(count);
    }

    private static void Compare<T>(int count) where T : unmanaged, System.Numerics.INumber<T>
    {
        T[] x = [.. Enumerable.Range(0, count + 1).Select(i => T.CreateTruncating(i * 7 % 11))], y = [.. Enumerable.Range(0, count + 1).Select(i => T.CreateTruncating(i * 5 % 13))];
        foreach (var (left, right) in new[] { (1, 1), (1, 0), (0, 1), (0, 0), (2, 1) })
        {
            // Strides above 1 read a part of the operands.
            int n = left == 2 ? count / 2 : count;
            var answers = new bool[n + 1];
            answers[n] = true;
            fixed (T* a = x, b = y)
            fixed (bool* d = answers)
                ZipLoop.Contiguous(default(CompareZip<GtKernel, T>), a, left, b, right, d, 1, n);
            for (int i = 0; i < n; i++) Assert.Equal(x[i * left] > y[i * right], answers[i]);
            Assert.True(answers[n]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(100)]
    public void AnswersMayReplaceTheBytesThatTheyAreOf(int count)
    {
        byte[] x = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7 % 11))], y = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 5 % 13))], before = [.. x];
        fixed (byte* a = x, b = y)
            ZipLoop.Contiguous(default(CompareZip<GtKernel, byte>), a, 1, b, 1, (bool*)a, 1, count);
        for (int i = 0; i < count; i++) Assert.Equal(before[i] > y[i] ? 1 : 0, x[i]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(17)]
    public void Short_rows_meet_a_column_and_write_nothing_else(int columns)
    {
        const int Rows = 5;
        float[] left = [.. Enumerable.Range(0, Rows * (columns + 1)).Select(i => (float)i)], right = [.. Enumerable.Range(0, Rows).Select(i => i * 0.5f)];
        foreach (bool turned in (bool[])[false, true])
        {
            float[] result = [.. Enumerable.Repeat(-1f, Rows * (columns + 1))];
            fixed (float* x = left, y = right, d = result)
            {
                if (turned) ZipLoop.Run(default(NumberZip<SubKernel, float>), y, [1, 0], x, [columns + 1, 1], d, [columns + 1, 1], [Rows, columns]);
                else ZipLoop.Run(default(NumberZip<SubKernel, float>), x, [columns + 1, 1], y, [1, 0], d, [columns + 1, 1], [Rows, columns]);
            }
            for (int r = 0; r < Rows; r++)
                for (int c = 0; c <= columns; c++)
                {
                    int at = r * (columns + 1) + c;
                    Assert.Equal(c == columns ? -1 : turned ? right[r] - left[at] : left[at] - right[r], result[at]);
                }
        }
    }
}
