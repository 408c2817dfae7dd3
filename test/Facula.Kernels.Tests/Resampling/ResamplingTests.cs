namespace Facula.Kernels.Tests;

public unsafe class ResamplingTests
{
    public static TheoryData<string, int, int> Axes
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (string kind in (string[])["nearest", "exact", "linear", "aligned", "cubic", "smooth", "smooth cubic"])
                foreach ((int from, int to) in ((int, int)[])[(5, 11), (11, 5), (7, 7), (1, 3), (4, 1), (33, 70)]) data.Add(kind, from, to);
            return data;
        }
    }

    private static ResampleAxis Make(string kind, long from, long to) => kind switch
    {
        "nearest" => ResampleAxis.Nearest(from, to, null, false, true),
        "exact" => ResampleAxis.Nearest(from, to, null, true, true),
        "linear" => ResampleAxis.Linear(from, to, null, false, true),
        "aligned" => ResampleAxis.Linear(from, to, null, true, true),
        "cubic" => ResampleAxis.Cubic(from, to, null, false, true),
        "smooth" => ResampleAxis.Smooth(from, to, null, false, false, true),
        _ => ResampleAxis.Smooth(from, to, null, false, true, true),
    };

    [Theory]
    [MemberData(nameof(Axes))]
    public void WeightsOfAnElementAddUpToOne(string kind, int from, int to)
    {
        // Resized ones are ones.
        float[] ones = Enumerable.Repeat(1f, from).ToArray(), result = Forward(Make(kind, 1, 1), Make(kind, 1, 1), Make(kind, from, to), ones, to, 1);
        Assert.All(result, x => Assert.Equal(1, x, 1e-5f));
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void PassesAgreeWithTheProductOfMatrices(string kind, int from, int to)
    {
        const int height = 6, taller = 9, planes = 3;
        ResampleAxis depth = Make("linear", 2, 3), rows = Make("cubic", height, taller), columns = Make(kind, from, to);
        var random = new Random(from * 100 + to);
        float[] input = Enumerable.Range(0, planes * 2 * height * from).Select(_ => (float)random.NextDouble()).ToArray();
        float[] result = Forward(depth, rows, columns, input, 3 * taller * to, planes);
        double[,] d = Matrix(depth), r = Matrix(rows), c = Matrix(columns);
        for (int plane = 0; plane < planes; plane++)
            for (int z = 0; z < 3; z++)
                for (int y = 0; y < taller; y++)
                    for (int x = 0; x < to; x++)
                    {
                        double sum = 0;
                        for (int k = 0; k < 2; k++)
                            for (int j = 0; j < height; j++)
                                for (int i = 0; i < from; i++) sum += d[z, k] * r[y, j] * c[x, i] * input[((plane * 2 + k) * height + j) * from + i];
                        Assert.Equal(sum, result[((plane * 3 + z) * taller + y) * to + x], 1e-4);
                    }
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void TheBackwardPassIsTheTransposed(string kind, int from, int to)
    {
        ResampleAxis one = Make("nearest", 1, 1), rows = Make(kind, from, to), columns = Make("linear", 9, 12);
        var random = new Random(7);
        float[] input = Enumerable.Range(0, from * 9).Select(_ => (float)random.NextDouble()).ToArray(), grad = Enumerable.Range(0, to * 12).Select(_ => (float)random.NextDouble()).ToArray();
        float[] output = Forward(one, rows, columns, input, to * 12, 1);
        var back = new float[from * 9];
        fixed (float* g = grad, b = back) Resampling.Backward(1, one, rows, columns, g, b);
        Assert.Equal(Dot(output, grad), Dot(input, back), 1e-2);
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void TheBackwardPassOfRowsIsTheTransposed(string kind, int from, int to)
    {
        const int planes = 5, height = 4;
        ResampleAxis one = Make("nearest", 1, 1), rows = Make("nearest", height, height), columns = Make(kind, from, to);
        double[,] matrix = Matrix(columns);
        var random = new Random(9);
        float[] grad = [.. Enumerable.Range(0, planes * height * to).Select(_ => (float)random.NextDouble())], back = new float[planes * height * from];
        fixed (float* g = grad, b = back) Resampling.Backward(planes, one, rows, columns, g, b);
        for (int row = 0; row < planes * height; row++)
            for (int i = 0; i < from; i++) Assert.Equal(Enumerable.Range(0, to).Sum(k => matrix[k, i] * grad[row * to + k]), back[row * from + i], 1e-3);
    }

    [Theory]
    [InlineData(300, 260, 420, 515)]
    [InlineData(300, 260, 300, 700)]
    [InlineData(300, 700, 290, 700)]
    [InlineData(900, 800, 310, 405)]
    public void ALargeImageIsResizedInBlocks(int height, int width, int taller, int wider)
    {
        // Linear interpolation with aligned corners keeps a slope.
        float[] input = Enumerable.Range(0, 2 * height * width).Select(i => (float)(i / (height * width) + i / width % height * 3.0 / height + (double)(i % width) / width)).ToArray();
        float[] result = Forward(Make("aligned", 1, 1), Make("aligned", height, taller), Make("aligned", width, wider), input, taller * wider, 2);
        for (int plane = 0; plane < 2; plane++)
            for (int y = 0; y < taller; y += 7)
                for (int x = 0; x < wider; x += 5)
                {
                    double expected = plane + y * (height - 1.0) / (taller - 1) * 3 / height + x * (width - 1.0) / (wider - 1) / width;
                    Assert.Equal(expected, result[(plane * taller + y) * wider + x], 1e-4);
                }
    }

    [Fact]
    public void ChoosingIsTheNearestNeighbour()
    {
        byte[] input = Enumerable.Range(0, 2 * 5 * 7).Select(i => (byte)i).ToArray(), output = new byte[2 * 8 * 3];
        ResampleAxis one = Make("nearest", 1, 1), rows = Make("nearest", 5, 8), columns = Make("exact", 7, 3);
        fixed (byte* from = input, to = output) Resampling.Choose(2, one, rows, columns, from, to);
        for (int plane = 0; plane < 2; plane++)
            for (int y = 0; y < 8; y++)
                for (int x = 0; x < 3; x++) Assert.Equal(input[(plane * 5 + y * 5 / 8) * 7 + (int)((x + 0.5) * 7 / 3)], output[(plane * 8 + y) * 3 + x]);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static float[] Forward(ResampleAxis depth, ResampleAxis rows, ResampleAxis columns, float[] input, int plane, int planes)
    {
        var output = new float[plane * planes];
        fixed (float* from = input, to = output) Resampling.Forward(planes, depth, rows, columns, from, to);
        return output;
    }

    // What the axis does to each unit vector.
    private static double[,] Matrix(ResampleAxis axis)
    {
        int from = (int)axis.Input;
        var matrix = new double[axis.Output, from];
        ResampleAxis one = Make("nearest", 1, 1);
        for (int i = 0; i < from; i++)
        {
            var unit = new float[from];
            unit[i] = 1;
            float[] column = Forward(one, one, axis, unit, axis.Output, 1);
            for (int k = 0; k < axis.Output; k++) matrix[k, i] = column[k];
        }
        return matrix;
    }
}
