namespace Facula.Kernels.Tests;

public unsafe class PixelKernelsTests
{
    [Theory]
    [InlineData(1, 3, 5)]
    [InlineData(2, 3, 5)]
    [InlineData(2, 2, 37)]
    [InlineData(3, 4, 9)]
    public void ChannelsBecomeSquaresAndBack(int factor, int height, int width)
    {
        const int planes = 3;
        Check([.. Enumerable.Range(0, planes * factor * factor * height * width)], factor, height, width);
        Check([.. Enumerable.Range(0, planes * factor * factor * height * width).Select(i => (byte)i)], factor, height, width);

        static void Check<T>(T[] small, int factor, int height, int width) where T : unmanaged
        {
            T[] large = new T[small.Length], again = new T[small.Length];
            fixed (T* s = small, l = large, a = again)
            {
                PixelKernels.Move(s, l, planes, factor, height, width, back: false);
                PixelKernels.Move(l, a, planes, factor, height, width, back: true);
            }
            Assert.Equal(small, again);
            for (int p = 0; p < planes; p++)
                for (int y = 0; y < height * factor; y++)
                    for (int x = 0; x < width * factor; x++)
                        Assert.Equal(small[(((p * factor + y % factor) * factor + x % factor) * height + y / factor) * width + x / factor], large[(p * height * factor + y) * width * factor + x]);
        }
    }
}
