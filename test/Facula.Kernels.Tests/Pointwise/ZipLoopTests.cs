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
}
