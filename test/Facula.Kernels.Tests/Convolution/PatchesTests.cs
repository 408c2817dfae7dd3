namespace Facula.Kernels.Tests;

public unsafe class PatchesTests
{
    // height, width, kernel, stride, padding, dilation
    [Theory]
    [InlineData(5, 6, 2, 3, 1, 1, 0, 0, 1, 1)]
    [InlineData(7, 4, 3, 2, 2, 1, 1, 1, 1, 2)]
    [InlineData(4, 9, 2, 2, 1, 3, 2, 0, 2, 3)]
    [InlineData(3, 3, 3, 3, 2, 2, 4, 4, 1, 1)]
    public void UnfoldingCopiesAndFoldingAdds(int height, int width, int kh, int kw, int sh, int sw, int ph, int pw, int dh, int dw)
    {
        const int planes = 3;
        long rows = (height + 2 * ph - dh * (kh - 1) - 1) / sh + 1, columns = (width + 2 * pw - dw * (kw - 1) - 1) / sw + 1;
        var shape = new PatchShape(planes, height, width, kh, kw, rows, columns) { Stride = (sh, sw), Padding = (ph, pw), Dilation = (dh, dw) };
        var random = new Random(1);
        float[] input = Enumerable.Range(0, planes * height * width).Select(_ => (float)random.NextDouble()).ToArray();
        float[] patches = new float[planes * kh * kw * rows * columns], folded = new float[input.Length], expected = new float[patches.Length], sums = new float[input.Length];
        Array.Fill(patches, float.NaN);
        fixed (float* x = input, p = patches, f = folded)
        {
            Patches.Unfold(shape, x, p);
            Patches.Fold(shape, p, f);
        }
        for (int plane = 0; plane < planes; plane++)
            for (int a = 0; a < kh; a++)
                for (int b = 0; b < kw; b++)
                    for (int r = 0; r < rows; r++)
                        for (int c = 0; c < columns; c++)
                        {
                            int y = r * sh + a * dh - ph, at = c * sw + b * dw - pw;
                            if (y < 0 || y >= height || at < 0 || at >= width) continue;
                            float value = input[(plane * height + y) * width + at];
                            expected[(((plane * kh + a) * kw + b) * rows + r) * columns + c] = value;
                            sums[(plane * height + y) * width + at] += value;
                        }
        Assert.Equal(expected, patches);
        Assert.Equal(sums, folded);
    }
}
