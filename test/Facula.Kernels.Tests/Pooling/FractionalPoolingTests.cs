namespace Facula.Kernels.Tests;

public unsafe class FractionalPoolingTests
{
    [Theory]
    [InlineData(1, 9, 8, 1, 4, 3, 1, 2, 2)]
    [InlineData(6, 5, 7, 3, 2, 4, 2, 2, 3)]
    public void IndicesPointAtTheLargestOfWindowsThatReachBothEnds(int d, int h, int w, int od, int oh, int ow, int kd, int kh, int kw)
    {
        const int planes = 4;
        int spatial = d == 1 ? 2 : 3;
        var random = new Random(2);
        double[] input = Enumerable.Range(0, planes * d * h * w).Select(_ => random.NextDouble()).ToArray(), samples = Enumerable.Range(0, planes * spatial).Select(_ => random.NextDouble()).ToArray();
        var output = new double[planes * od * oh * ow];
        var indices = new long[output.Length];
        fixed (double* x = input, s = samples, y = output)
        fixed (long* i = indices)
            FractionalPooling.Forward(planes, spatial, new(d, h, w), new(od, oh, ow), new(kd, kh, kw), x, s, y, i);
        for (int plane = 0; plane < planes; plane++)
        {
            for (int i = 0; i < od * oh * ow; i++) Assert.Equal(input[plane * d * h * w + indices[plane * od * oh * ow + i]], output[plane * od * oh * ow + i]);
            // The first window begins at 0 and the last ends at the end, whatever was drawn.
            Assert.Equal(Largest(plane, 0, 0, 0), output[plane * od * oh * ow]);
            Assert.Equal(Largest(plane, d - kd, h - kh, w - kw), output[(plane + 1) * od * oh * ow - 1]);
        }

        double Largest(int plane, int z, int y, int x)
        {
            double largest = double.NegativeInfinity;
            for (int a = z; a < z + kd; a++)
                for (int b = y; b < y + kh; b++)
                    for (int c = x; c < x + kw; c++) largest = Math.Max(largest, input[((plane * d + a) * h + b) * w + c]);
            return largest;
        }
    }

    [Fact]
    public void ANaNIsTheLargest()
    {
        double[] input = [1, double.NaN, 3, 4], samples = [0.5, 0.5], output = new double[1];
        var index = new long[1];
        fixed (double* x = input, s = samples, y = output)
        fixed (long* i = index)
            FractionalPooling.Forward(1, 2, new(1, 2, 2), new(1, 1, 1), new(1, 2, 2), x, s, y, i);
        Assert.True(double.IsNaN(output[0]));
        Assert.Equal(1, index[0]);
    }
}
