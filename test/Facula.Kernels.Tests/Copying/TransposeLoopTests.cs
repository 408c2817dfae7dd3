namespace Facula.Kernels.Tests;

/// <summary>Transposed copies in tiles, of every element size, with rests on all sides.</summary>
[Trait("Size", "Small")]
public unsafe class TransposeLoopTests
{
    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(1, 37, 131)]
    [InlineData(3, 129, 5)]
    [InlineData(2, 4, 300)]
    [InlineData(5, 40, 2)]
    [InlineData(300, 8, 3)]
    public void CopiesEveryElement(int planes, int rows, int columns)
    {
        Copy<byte>(planes, rows, columns, i => (byte)(i * 7));
        Copy<short>(planes, rows, columns, i => (short)i);
        Copy<int>(planes, rows, columns, i => i);
        Copy<long>(planes, rows, columns, i => i);
        Copy<float>(planes, rows, columns, i => i);
    }

    private static void Copy<T>(int planes, int rows, int columns, Func<int, T> make) where T : unmanaged
    {
        var source = new T[planes * rows * columns];
        for (int i = 0; i < source.Length; i++) source[i] = make(i);
        var destination = new T[source.Length];
        // The destination is (planes, rows, columns), the source the same with rows and columns exchanged in memory.
        fixed (T* s = source, d = destination)
            MapLoop.Run(default(ConvertMap<T, T>), s, [rows * columns, 1, rows], d, [rows * columns, columns, 1], [planes, rows, columns]);
        for (int p = 0; p < planes; p++)
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < columns; c++)
                    Assert.Equal(source[(p * columns + c) * rows + r], destination[(p * rows + r) * columns + c]);
    }
}
