namespace Facula.Kernels.Tests.Copying;

/// <summary>Rows of neighbours at steps, of every short length and some long ones.</summary>
public unsafe class RowCopyTests
{
    [Fact]
    public void Rows_of_all_lengths_are_copied_and_nothing_else()
    {
        var random = new Random(1);
        foreach (bool far in (bool[])[false, true])
            foreach (int length in Enumerable.Range(1, 140).Concat([512, 1000, 1023, 1024, 1025, 1100, 3000]))
            {
                const int Rows = 7;
                int sourceStep = length + random.Next(3), step = length + random.Next(3);
                var source = new byte[Rows * sourceStep + 64];
                var expected = new byte[Rows * step + 64];
                random.NextBytes(source);
                byte[] actual = [.. expected];
                for (int r = 0; r < Rows; r++) source.AsSpan(r * sourceStep, length).CopyTo(expected.AsSpan(r * step));
                fixed (byte* s = source, a = actual) RowCopy.Rows(s, sourceStep, a, step, length, Rows, far);
                Assert.Equal(expected, actual);
            }
    }

    [Fact]
    public void Copies_of_any_shape_arrive()
    {
        // (a, b, c) of a wider memory, every element or every second along the last dimension.
        foreach (int inner in (int[])[1, 3, 14, 16, 100])
            foreach (int step in (int[])[1, 2, 3])
            {
                const int A = 40, B = 70;
                int row = inner * step + 5;
                int[] source = [.. Enumerable.Range(0, A * B * row + 64)], destination = new int[A * B * inner];
                fixed (int* s = source, d = destination)
                    MapLoop.Run(default(ConvertMap<int, int>), s, [B * row, row, step], d, [B * inner, inner, 1], [A, B, inner]);
                for (int i = 0; i < destination.Length; i++)
                    Assert.Equal(i / inner * row + i % inner * step, destination[i]);
            }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(40, 15)]
    [InlineData(40, 16)]
    [InlineData(3, 33)]
    [InlineData(700, 100)]
    public void One_element_fills_each_row(int rows, int columns)
    {
        Filled<byte>(rows, columns, i => (byte)i);
        Filled<short>(rows, columns, i => (short)i);
        Filled<int>(rows, columns, i => i);
        Filled<long>(rows, columns, i => i);
        Filled<System.Numerics.Complex>(rows, columns, i => new(i, -i));
    }

    // Every second element of the source, into rows with a gap behind each.
    private static void Filled<T>(int rows, int columns, Func<int, T> make) where T : unmanaged
    {
        T[] source = [.. Enumerable.Range(0, 2 * rows).Select(make)], actual = new T[rows * (columns + 3) + 64], expected = new T[actual.Length];
        for (int i = 0; i < rows; i++) expected.AsSpan(i * (columns + 3), columns).Fill(source[2 * i]);
        fixed (T* s = source, a = actual)
            MapLoop.Run(default(ConvertMap<T, T>), s, [2, 0], a, [columns + 3, 1], [rows, columns]);
        Assert.Equal(expected, actual);
    }
}
