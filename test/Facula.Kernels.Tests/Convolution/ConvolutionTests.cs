namespace Facula.Kernels.Tests;

public unsafe class ConvolutionTests
{
    // batch, groups, channels in, channels out, input, kernel, stride, padding, dilation
    public static TheoryData<int, int, int, int, long[], long[], long[], long[], long[]> Shapes => new()
    {
        { 2, 1, 3, 5, [9, 11], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 1, 1, 4, 33, [20, 17], [3, 3], [1, 1], [0, 0], [1, 1] },
        { 3, 2, 6, 8, [12, 13], [3, 2], [2, 3], [1, 2], [1, 2] },
        { 2, 1, 17, 40, [7, 7], [1, 1], [1, 1], [0, 0], [1, 1] },
        { 2, 1, 9, 20, [8, 8], [1, 1], [2, 2], [0, 0], [1, 1] },
        { 2, 1, 3, 16, [30, 31], [7, 7], [2, 2], [3, 3], [1, 1] },
        { 2, 6, 6, 6, [10, 19], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 2, 5, 5, 10, [11, 9], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 1, 3, 3, 3, [9, 14], [5, 3], [1, 2], [2, 1], [2, 1] },
        { 1, 1, 40, 35, [14, 14], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 20, 1, 2, 3, [5, 4], [2, 2], [1, 1], [1, 0], [1, 1] },
        { 2, 1, 5, 6, [30], [4], [3], [2], [2] },
        { 1, 2, 4, 6, [40], [1], [1], [0], [1] },
        { 2, 1, 3, 4, [5, 6, 7], [3, 2, 3], [2, 1, 1], [1, 0, 1], [1, 2, 1] },
        { 1, 1, 300, 9, [5, 5], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 1, 1, 2, 3, [4, 4], [3, 3], [1, 1], [5, 5], [1, 1] },
        { 0, 1, 2, 3, [4, 4], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 1, 1, 12, 13, [4, 140], [3, 3], [1, 1], [1, 0], [1, 1] },
        { 5, 2, 34, 64, [5, 6], [3, 3], [1, 1], [2, 1], [1, 1] },
        { 2, 1, 130, 140, [7, 7], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 1, 1, 33, 32, [9, 30], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 3, 1, 70, 100, [24, 28], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 2, 2, 90, 160, [33, 21], [3, 3], [1, 1], [0, 1], [1, 1] },
        { 3, 1, 1, 6, [28, 28], [5, 5], [1, 1], [2, 2], [1, 1] },
        { 2, 1, 6, 16, [14, 14], [5, 5], [1, 1], [0, 0], [1, 1] },
        { 2, 1, 1, 32, [28, 28], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 2, 1, 5, 7, [13, 23], [3, 4], [2, 2], [1, 3], [2, 1] },
        { 2, 1, 20, 3, [11, 40], [3, 3], [1, 2], [1, 0], [1, 1] },
        { 3, 4, 16, 16, [9, 12], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 2, 7, 7, 14, [10, 8], [5, 5], [3, 3], [2, 2], [1, 1] },
        { 1, 3, 15, 24, [12, 5], [3, 3], [1, 1], [4, 4], [1, 1] },
        { 2, 1, 20, 24, [9, 12], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 2, 1, 35, 16, [8, 8], [1, 1], [2, 2], [0, 0], [1, 1] },
        { 1, 2, 40, 30, [7, 10], [5, 5], [1, 2], [2, 1], [1, 1] },
        { 1, 1, 13, 16, [4, 5, 6], [3, 3, 3], [2, 2, 2], [1, 1, 1], [1, 1, 1] },
        { 2, 6, 6, 6, [15, 20], [7, 7], [1, 1], [3, 3], [1, 1] },
        { 2, 5, 5, 5, [6, 14], [5, 5], [1, 1], [2, 2], [1, 1] },
        { 1, 3, 3, 3, [20, 18], [3, 3], [2, 2], [1, 1], [2, 2] },
        { 2, 4, 4, 4, [7, 7], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 1, 4, 4, 4, [14, 28], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 1, 1, 64, 48, [7, 9], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 2, 1, 24, 40, [9, 11], [5, 5], [1, 1], [2, 2], [1, 1] },
        { 2, 2, 66, 64, [13, 8], [5, 5], [1, 1], [0, 0], [1, 1] },
        { 3, 1, 7, 5, [4, 4], [4, 4], [2, 2], [0, 0], [1, 1] },
        { 1, 1, 20, 1, [3, 5], [3, 5], [1, 1], [0, 0], [1, 1] },
        { 4, 1, 6, 30, [1], [1], [1], [0], [1] },
        { 3, 1, 70, 100, [12, 15], [5, 5], [1, 1], [2, 1], [1, 1] },
        { 1, 1, 32, 33, [6, 140], [5, 5], [1, 1], [4, 0], [1, 1] },
        { 2, 1, 130, 140, [7, 7], [5, 5], [1, 1], [2, 2], [1, 1] },
        { 1, 1, 520, 20, [8, 9], [5, 5], [1, 1], [3, 2], [1, 1] },
        { 2, 1, 32, 20, [5, 6], [5, 5], [1, 1], [0, 0], [1, 1] },
        { 2, 1, 200, 20, [9, 9], [1, 1], [1, 1], [0, 0], [1, 1] },
        { 2, 1, 200, 30, [16, 15], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 2, 2, 30, 60, [9, 9, 6], [3, 2, 3], [2, 2, 2], [1, 0, 1], [1, 1, 1] },
        { 1, 1, 40, 70, [13, 9], [1, 1], [3, 2], [0, 0], [1, 1] },
        { 1, 1, 64, 160, [9, 7], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 9, 1, 32, 64, [8, 8], [4, 4], [2, 2], [1, 1], [1, 1] },
        { 1, 1, 16, 20, [27, 25], [3, 3], [1, 1], [1, 1], [1, 1] },
        // Depthwise ones of short rows.
        { 3, 37, 37, 37, [7, 7], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 5, 19, 19, 19, [3, 3], [3, 3], [1, 1], [1, 1], [1, 1] },
        { 70, 4, 4, 4, [6, 5], [5, 3], [2, 1], [2, 1], [1, 2] },
        { 2, 48, 48, 48, [14, 13], [5, 5], [1, 1], [2, 2], [1, 1] },
        { 2, 33, 33, 33, [9], [3], [2], [0], [2] },
        { 3, 24, 24, 24, [3, 4, 5], [2, 3, 3], [1, 2, 1], [1, 1, 0], [1, 1, 1] },
        { 1, 20, 20, 20, [2, 2], [3, 3], [2, 2], [3, 3], [1, 1] },
        // One tap and few positions, of images side by side.
        { 3, 1, 170, 90, [3, 3], [1, 1], [1, 1], [0, 0], [1, 1] },
        { 4, 2, 260, 280, [5, 5], [1, 1], [2, 2], [0, 0], [1, 1] },
        { 2, 1, 130, 200, [2, 7], [1, 1], [1, 2], [0, 0], [1, 1] },
        // Rows of odd length, in pairs of images or alone, and of one position; columns that take turns, or lie apart.
        { 4, 2, 24, 40, [9, 13], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 6, 1, 20, 50, [9, 14], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 3, 1, 20, 36, [10, 13], [3, 3], [2, 2], [1, 1], [1, 1] },
        { 2, 1, 20, 24, [30, 3], [3, 3], [1, 1], [0, 0], [1, 1] },
        { 3, 1, 20, 24, [30, 3], [3, 3], [1, 1], [0, 0], [1, 1] },
        // Long runs of results, stored by whole lines, by pieces, or by parts of lines.
        { 1, 1, 24, 36, [20, 40], [3, 3], [1, 1], [3, 2], [2, 2] },
        { 2, 1, 30, 18, [3, 8, 32], [2, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1] },
        { 2, 1, 4, 20, [6, 9, 16], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1] },
        { 2, 1, 3, 70, [40, 32], [4, 4], [2, 2], [1, 1], [1, 1] },
        { 3, 1, 2, 18, [333], [40], [3], [4], [1] },
        // Slices of planes, with strides, gaps and groups; rows in one slice and across them.
        { 2, 1, 3, 16, [5, 6, 17], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1] },
        { 1, 2, 8, 20, [6, 7, 40], [3, 2, 3], [2, 3, 2], [2, 0, 1], [2, 1, 1] },
        { 2, 1, 16, 8, [4, 5, 16], [3, 3, 3], [1, 1, 1], [0, 1, 2], [1, 2, 1] },
        { 2, 3, 6, 9, [5, 3, 7], [2, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1] },
        { 1, 2, 2, 2, [4, 9, 20], [1, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1] },
        { 1, 1, 9, 20, [20, 31], [5, 4], [1, 1], [0, 0], [1, 1] },
        // Dilated: phases of equal and of different sizes, of rows only, and without an even border.
        { 2, 1, 16, 20, [12, 16], [3, 3], [1, 1], [2, 2], [2, 2] },
        { 1, 2, 40, 44, [13, 17], [3, 3], [1, 1], [3, 0], [3, 4] },
        { 3, 1, 20, 16, [21, 12], [3, 3], [1, 1], [2, 1], [2, 1] },
        { 2, 1, 24, 32, [15, 19], [5, 5], [1, 1], [4, 2], [2, 2] },
        { 1, 1, 16, 20, [17, 13], [3, 3], [1, 1], [1, 1], [2, 2] },
        // A single slice of results of filters with several slices, and the other way round.
        { 2, 1, 2, 3, [3, 6, 8], [3, 3, 3], [1, 1, 1], [0, 1, 1], [1, 1, 1] },
        { 1, 2, 2, 2, [1, 7, 9], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1] },
        { 1, 3, 3, 3, [5, 9, 8], [5, 5, 5], [1, 1, 1], [0, 2, 2], [1, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Float32EqualsTheDefinition(int batch, int groups, int channels, int filters, long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation)
    {
        var test = new ConvolutionCase(ConvolutionShape.Create(batch, groups, channels, filters, input, kernel, stride, padding, dilation));
        float[] x = Narrow(test.Input), w = Narrow(test.Weight), b = Narrow(test.Bias), g = Narrow(test.GradOutput);
        float[] y = Garbage<float>(g.Length), dx = Garbage<float>(x.Length), dw = Garbage<float>(w.Length);
        fixed (float* px = x, pw = w, pb = b, pg = g, py = y, pdx = dx, pdw = dw)
        {
            Convolution.Forward(test.Shape, px, pw, pb, py);
            Convolution.InputGradient(test.Shape, pg, pw, pdx);
            Convolution.WeightGradient(test.Shape, px, pg, pdw);
        }
        ConvolutionCase.AssertClose(test.Forward(), y, 3e-6, "output");
        ConvolutionCase.AssertClose(test.InputGradient(), dx, 3e-6, "input gradient");
        ConvolutionCase.AssertClose(test.WeightGradient(), dw, 3e-6, "weight gradient");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PreparedWeightsChangeNoBit(int batch, int groups, int channels, int filters, long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation)
    {
        var test = new ConvolutionCase(ConvolutionShape.Create(batch, groups, channels, filters, input, kernel, stride, padding, dilation));
        WeightForm form = Convolution.FormOf(test.Shape);
        if (form == WeightForm.AsGiven)
            return;
        float[] x = Narrow(test.Input), w = Narrow(test.Weight), b = Narrow(test.Bias), prepared = Garbage<float>((int)Convolution.PreparedCount(test.Shape, form));
        float[] expected = Garbage<float>((int)test.Shape.OutputCount), y = Garbage<float>(expected.Length);
        fixed (float* px = x, pw = w, pb = b, pe = expected, py = y, pp = prepared)
        {
            Convolution.Forward(test.Shape, px, pw, pb, pe);
            Convolution.Prepare(test.Shape, form, pw, pp);
            new Span<float>(pw, w.Length).Fill(float.NaN);
            Convolution.Forward(test.Shape, px, pw, pb, py, pp);
        }
        Assert.Equal(expected, y);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Float64EqualsTheDefinition(int batch, int groups, int channels, int filters, long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation)
    {
        var test = new ConvolutionCase(ConvolutionShape.Create(batch, groups, channels, filters, input, kernel, stride, padding, dilation));
        double[] x = test.Input, w = test.Weight, b = test.Bias, g = test.GradOutput;
        double[] y = Garbage<double>(g.Length), dx = Garbage<double>(x.Length), dw = Garbage<double>(w.Length);
        fixed (double* px = x, pw = w, pb = b, pg = g, py = y, pdx = dx, pdw = dw)
        {
            Convolution.Forward(test.Shape, px, pw, pb, py);
            Convolution.InputGradient(test.Shape, pg, pw, pdx);
            Convolution.WeightGradient(test.Shape, px, pg, pdw);
        }
        ConvolutionCase.AssertClose(test.Forward(), y, 1e-14, "output");
        ConvolutionCase.AssertClose(test.InputGradient(), dx, 1e-14, "input gradient");
        ConvolutionCase.AssertClose(test.WeightGradient(), dw, 1e-14, "weight gradient");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WithoutWinogradTheErrorIsSmaller(int batch, int groups, int channels, int filters, long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation)
    {
        if (kernel is not ([3, 3] or [5, 5]))
            return;
        var test = new ConvolutionCase(ConvolutionShape.Create(batch, groups, channels, filters, input, kernel, stride, padding, dilation));
        float[] x = Narrow(test.Input), w = Narrow(test.Weight), b = Narrow(test.Bias), g = Narrow(test.GradOutput);
        float[] y = Garbage<float>(g.Length), dx = Garbage<float>(x.Length), dw = Garbage<float>(w.Length);
        Convolution.AllowWinograd = false;
        try
        {
            fixed (float* px = x, pw = w, pb = b, pg = g, py = y, pdx = dx, pdw = dw)
            {
                Convolution.Forward(test.Shape, px, pw, pb, py);
                Convolution.InputGradient(test.Shape, pg, pw, pdx);
                Convolution.WeightGradient(test.Shape, px, pg, pdw);
            }
        }
        finally
        {
            Convolution.AllowWinograd = true;
        }
        ConvolutionCase.AssertClose(test.Forward(), y, 1.5e-6, "output");
        ConvolutionCase.AssertClose(test.InputGradient(), dx, 1.5e-6, "input gradient");
        ConvolutionCase.AssertClose(test.WeightGradient(), dw, 1.5e-6, "weight gradient");
    }

    [Fact]
    public void NoThreadCountChangesABit()
    {
        int threads = WorkerPool.Threads;
        var results = new List<float[]>();
        try
        {
            foreach (int count in (int[])[1, 2, 5])
            {
                WorkerPool.Threads = count;
                results.Add(AllPasses());
            }
        }
        finally
        {
            WorkerPool.Threads = threads;
        }
        Assert.All(results, r => Assert.Equal(results[0], r));

        static float[] AllPasses()
        {
            var all = new List<float>();
            foreach (var shape in (ConvolutionShape[])[
                ConvolutionShape.Create(2, 1, 40, 36, [14, 15], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(3, 1, 70, 140, [14, 15], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(3, 1, 40, 50, [14, 15], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(3, 1, 40, 50, [28, 28], [3, 3], [2, 2], [1, 1], [1, 1]),
                ConvolutionShape.Create(1, 1, 3, 7, [14, 30], [5, 5], [2, 2], [2, 2], [1, 1]),
                ConvolutionShape.Create(2, 9, 9, 9, [14, 15], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(9, 70, 70, 70, [7, 7], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(1, 1, 3, 20, [40, 30], [5, 5], [2, 2], [2, 2], [1, 1]),
                // More weights than inputs; a few tile rows; a filter's rows a power of two apart.
                ConvolutionShape.Create(1, 1, 64, 160, [9, 7], [3, 3], [2, 2], [1, 1], [1, 1]),
                ConvolutionShape.Create(1, 1, 16, 20, [27, 25], [3, 3], [1, 1], [1, 1], [1, 1]),
                ConvolutionShape.Create(4, 1, 32, 64, [8, 8], [4, 4], [2, 2], [1, 1], [1, 1]),
                ConvolutionShape.Create(6, 1, 20, 50, [9, 14], [3, 3], [2, 2], [1, 1], [1, 1]),
                ConvolutionShape.Create(2, 1, 16, 20, [12, 17], [3, 3], [1, 1], [2, 2], [2, 2])])
            {
                var test = new ConvolutionCase(shape);
                float[] x = Narrow(test.Input), w = Narrow(test.Weight), g = Narrow(test.GradOutput);
                float[] y = Garbage<float>(g.Length), dx = Garbage<float>(x.Length), dw = Garbage<float>(w.Length);
                fixed (float* px = x, pw = w, pg = g, py = y, pdx = dx, pdw = dw)
                {
                    Convolution.Forward(shape, px, pw, null, py);
                    Convolution.InputGradient(shape, pg, pw, pdx);
                    Convolution.WeightGradient(shape, px, pg, pdw);
                }
                all.AddRange([.. y, .. dx, .. dw]);
            }
            return [.. all];
        }
    }

    [Fact]
    public void OutputSizesFollowPyTorch()
    {
        Assert.Equal(112, ConvolutionShape.OutputSize(224, 7, 2, 3, 1));
        Assert.Equal(0, ConvolutionShape.OutputSize(2, 3, 1, 0, 1));
        Assert.Equal(1, ConvolutionShape.OutputSize(5, 3, 2, 0, 2));
    }

    private static float[] Narrow(double[] values) => Array.ConvertAll(values, x => (float)x);

    private static T[] Garbage<T>(int count) where T : System.Numerics.IFloatingPointIeee754<T>
    {
        var values = new T[count];
        Array.Fill(values, T.NaN);
        return values;
    }
}
