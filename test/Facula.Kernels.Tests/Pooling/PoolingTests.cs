namespace Facula.Kernels.Tests;

public unsafe class PoolingTests
{
    // input, kernel, stride, padding, dilation, ceil mode
    public static TheoryData<long[], long[], long[], long[], long[], bool> Shapes => new()
    {
        { [28, 28], [2, 2], [2, 2], [0, 0], [1, 1], false },
        { [9, 41], [2, 2], [2, 2], [0, 0], [1, 1], true },
        { [12, 40], [3, 3], [2, 2], [1, 1], [1, 1], false },
        { [11, 37], [3, 3], [1, 1], [1, 1], [1, 1], false },
        { [13, 30], [3, 2], [3, 2], [1, 1], [2, 3], true },
        { [10, 10], [5, 5], [4, 3], [2, 2], [1, 1], true },
        { [7], [3], [2], [1], [1], true },
        { [50], [2], [1], [0], [4], false },
        { [5, 6, 20], [2, 3, 2], [2, 2, 1], [1, 1, 0], [1, 1, 2], false },
        { [6, 6, 6], [3, 3, 3], [2, 2, 2], [1, 1, 1], [1, 1, 1], true },
        { [4, 6, 12], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false },
        { [5, 7, 39], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false },
        { [9, 50], [3, 3], [3, 3], [0, 0], [1, 1], false },
        { [7, 7], [7, 7], [7, 7], [0, 0], [1, 1], false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MaximaAndTheirIndices(long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode)
    {
        var shape = PoolingShape.Create(3, input, kernel, stride, padding, dilation, ceilMode);
        CheckMax<float, long>(shape);
        CheckMax<float, int>(shape);
        CheckMax<double, long>(shape);
        CheckMax<double, int>(shape);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Averages(long[] input, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode)
    {
        if (dilation.Any(d => d != 1))
            return;
        var shape = PoolingShape.Create(3, input, kernel, stride, padding, dilation, ceilMode);
        foreach (bool countIncludePad in (bool[])[false, true])
        {
            CheckAverage(shape, countIncludePad, 0);
            CheckAverage(shape, countIncludePad, 5);
        }
    }

    [Theory]
    [InlineData(new long[] { 10, 7 }, new long[] { 1, 1 })]
    [InlineData(new long[] { 10, 7 }, new long[] { 3, 4 })]
    [InlineData(new long[] { 4, 5 }, new long[] { 6, 5 })]
    [InlineData(new long[] { 9 }, new long[] { 4 })]
    [InlineData(new long[] { 4, 5, 6 }, new long[] { 2, 2, 5 })]
    public void AdaptiveWindowsSpreadEvenly(long[] input, long[] output)
    {
        var shape = PoolingShape.CreateAdaptive(4, input, output);
        CheckMax<float, long>(shape);
        CheckAverage(shape, false, 0);
    }

    [Fact]
    public void ANaNIsTheMaximum()
    {
        var shape = PoolingShape.Create(1, [2, 20], [2, 2], [2, 2], [0, 0], [1, 1], false);
        var x = new float[40];
        var y = new float[10];
        var index = new long[10];
        x[2] = float.NaN;
        x[23] = float.NaN;
        x[39] = float.NaN;
        fixed (float* px = x, py = y)
        fixed (long* pi = index)
            MaxPooling.Forward(shape, px, py, pi);
        Assert.True(float.IsNaN(y[1]) && float.IsNaN(y[9]));
        // The last of two, as in PyTorch.
        Assert.Equal(23, index[1]);
        Assert.Equal(39, index[9]);
        Assert.Equal(0, index[0]);
        Assert.Equal(4, index[2]);
    }

    [Fact]
    public void OutputSizesFollowPyTorch()
    {
        Assert.Equal(4, PoolingShape.OutputSize(7, 3, 2, 1, 1, false));
        Assert.Equal(4, PoolingShape.OutputSize(8, 3, 2, 0, 1, true));
        Assert.Equal(3, PoolingShape.OutputSize(5, 2, 2, 0, 1, true));
        // The last window would begin in the right border.
        Assert.Equal(2, PoolingShape.OutputSize(5, 2, 3, 1, 1, true));
    }

    private static void CheckMax<T, TIndex>(PoolingShape shape)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TIndex : unmanaged, System.Numerics.IBinaryInteger<TIndex>
    {
        var random = new Random(3);
        long plane = shape.Input.Count, outPlane = shape.Output.Count;
        // Few different values, so that there are ties.
        var x = Values<T>(shape.Planes * plane, () => random.Next(20));
        var g = Values<T>(shape.Planes * outPlane, () => random.Next(-9, 10));
        var y = Values<T>(g.Length, () => double.NaN);
        var only = (T[])y.Clone();
        var dx = Values<T>(x.Length, () => double.NaN);
        var index = new TIndex[g.Length];
        fixed (T* px = x, py = y, pg = g, pdx = dx, po = only)
        fixed (TIndex* pi = index)
        {
            MaxPooling.Forward(shape, px, py, pi);
            MaxPooling.Forward<T, TIndex>(shape, px, po, null);
            MaxPooling.Backward(shape, pg, pi, pdx);
        }
        var expected = new T[x.Length];
        Walk(shape, (output, inputs, _) =>
        {
            long best = -1;
            foreach (long i in inputs)
            {
                if (best < 0 || x[i] > x[best])
                    best = i;
            }
            Assert.Equal(x[best], y[output]);
            Assert.Equal(x[best], only[output]);
            Assert.Equal(TIndex.CreateChecked(best % plane), index[output]);
            expected[best] += g[output];
        });
        Assert.Equal(expected, dx);
    }

    private static void CheckAverage(PoolingShape shape, bool countIncludePad, long divisor)
    {
        var random = new Random(4);
        var x = Values<double>(shape.Planes * shape.Input.Count, random.NextDouble);
        var g = Values<double>(shape.Planes * shape.Output.Count, random.NextDouble);
        var y = Values<double>(g.Length, () => double.NaN);
        var dx = Values<double>(x.Length, () => double.NaN);
        float[] narrow = Array.ConvertAll(x, v => (float)v), narrowY = new float[y.Length];
        fixed (double* px = x, py = y, pg = g, pdx = dx)
        {
            AveragePooling.Forward(shape, px, py, countIncludePad, divisor);
            AveragePooling.Backward(shape, pg, pdx, countIncludePad, divisor);
        }
        fixed (float* px = narrow, py = narrowY)
            AveragePooling.Forward(shape, px, py, countIncludePad, divisor);
        var expected = new double[x.Length];
        Walk(shape, (output, inputs, extent) =>
        {
            double by = divisor != 0 ? divisor : countIncludePad ? extent : inputs.Count;
            double mean = inputs.Sum(i => x[i]) / by;
            Assert.Equal(mean, y[output], 1e-12);
            Assert.Equal(mean, narrowY[output], 1e-5);
            foreach (long i in inputs)
                expected[i] += g[output] / by;
        });
        for (int i = 0; i < dx.Length; i++)
            Assert.Equal(expected[i], dx[i], 1e-12);
    }

    /// <summary>Calls back with every output, the inputs of its window, and the window's size with padding.</summary>
    private static void Walk(PoolingShape s, Action<long, List<long>, long> window)
    {
        long output = 0;
        for (long plane = 0; plane < s.Planes; plane++)
        for (long od = 0; od < s.Output.Depth; od++)
        for (long oh = 0; oh < s.Output.Height; oh++)
        for (long ow = 0; ow < s.Output.Width; ow++)
        {
            var (depths, depthExtent) = Places(od, s.Input.Depth, s.Output.Depth, s.Kernel.Depth, s.Stride.Depth, s.Padding.Depth, s.Dilation.Depth, s.IsAdaptive);
            var (heights, heightExtent) = Places(oh, s.Input.Height, s.Output.Height, s.Kernel.Height, s.Stride.Height, s.Padding.Height, s.Dilation.Height, s.IsAdaptive);
            var (widths, widthExtent) = Places(ow, s.Input.Width, s.Output.Width, s.Kernel.Width, s.Stride.Width, s.Padding.Width, s.Dilation.Width, s.IsAdaptive);
            var inputs = new List<long>();
            foreach (long d in depths)
            foreach (long h in heights)
            foreach (long w in widths)
                inputs.Add(((plane * s.Input.Depth + d) * s.Input.Height + h) * s.Input.Width + w);
            window(output++, inputs, depthExtent * heightExtent * widthExtent);
        }
    }

    private static (List<long>, long) Places(long output, long input, long outputs, long kernel, long stride, long padding, long dilation, bool adaptive)
    {
        var places = new List<long>();
        if (adaptive)
        {
            for (long i = (long)Math.Floor((double)output * input / outputs); i < (long)Math.Ceiling((double)(output + 1) * input / outputs); i++)
                places.Add(i);
            return (places, places.Count);
        }
        for (long k = 0; k < kernel; k++)
        {
            long i = output * stride - padding + k * dilation;
            if (i >= 0 && i < input)
                places.Add(i);
        }
        return (places, Math.Min(kernel, input + padding - (output * stride - padding)));
    }

    private static T[] Values<T>(long count, Func<double> next) where T : System.Numerics.INumberBase<T>
    {
        var values = new T[count];
        for (long i = 0; i < count; i++)
            values[i] = T.CreateChecked(next());
        return values;
    }
}
