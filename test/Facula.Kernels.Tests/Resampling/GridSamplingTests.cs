namespace Facula.Kernels.Tests;

public unsafe class GridSamplingTests
{
    public static TheoryData<int, GridMode, GridBorder, bool> Settings
    {
        get
        {
            var data = new TheoryData<int, GridMode, GridBorder, bool>();
            foreach (int spatial in (int[])[2, 3])
                foreach (GridMode mode in Enum.GetValues<GridMode>())
                    foreach (GridBorder border in Enum.GetValues<GridBorder>())
                        foreach (bool align in (bool[])[false, true])
                            if (spatial == 2 || mode != GridMode.Cubic) data.Add(spatial, mode, border, align);
            return data;
        }
    }

    private static (GridShape Shape, double[] Input, double[] Grid) Problem(int spatial, GridMode mode, GridBorder border, bool align)
    {
        var size = new Extent3(spatial == 3 ? 4 : 1, 5, 6);
        var shape = new GridShape(2, 3, spatial, size, 40, mode, border, align);
        var random = new Random(3);
        return (shape, Enumerable.Range(0, (int)(6 * size.Count)).Select(_ => random.NextDouble()).ToArray(),
            Enumerable.Range(0, 80 * spatial).Select(_ => 3 * random.NextDouble() - 1.5).ToArray());
    }

    private static double[] Forward(GridShape shape, double[] input, double[] grid)
    {
        var output = new double[shape.Batch * shape.Channels * shape.Points];
        fixed (double* x = input, p = grid, y = output) GridSampling.Forward(shape, x, p, y);
        return output;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AGridOfTheCentersGivesTheInput(int spatial, GridMode mode, GridBorder border, bool align)
    {
        (GridShape shape, double[] input, _) = Problem(spatial, mode, border, align);
        Extent3 size = shape.Input;
        shape = shape with { Points = size.Count };
        var grid = new List<double>();
        for (int n = 0; n < 2; n++)
            for (int z = 0; z < size.Depth; z++)
                for (int y = 0; y < size.Height; y++)
                    for (int x = 0; x < size.Width; x++)
                    {
                        grid.Add(Center(x, size.Width));
                        grid.Add(Center(y, size.Height));
                        if (spatial == 3) grid.Add(Center(z, size.Depth));
                    }
        Assert.Equal(input, Forward(shape, input, [.. grid]), (a, b) => Math.Abs(a - b) < 1e-9);

        double Center(int i, long n) => align ? 2.0 * i / (n - 1) - 1 : (2 * i + 1.0) / n - 1;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void GradientsAgreeWithDifferences(int spatial, GridMode mode, GridBorder border, bool align)
    {
        (GridShape shape, double[] input, double[] grid) = Problem(spatial, mode, border, align);
        var random = new Random(5);
        double[] weight = Enumerable.Range(0, (int)(shape.Batch * shape.Channels * shape.Points)).Select(_ => random.NextDouble()).ToArray();
        double[] byInput = new double[input.Length], byGrid = new double[grid.Length];
        fixed (double* x = input, p = grid, w = weight, gi = byInput, gp = byGrid)
        {
            GridSampling.InputGradient(shape, w, p, gi);
            GridSampling.PointGradient(shape, w, x, p, gp);
        }
        for (int i = 0; i < input.Length; i += 7) Assert.Equal(Slope(input, i), byInput[i], 1e-5);
        for (int i = 0; i < grid.Length; i += 3) Assert.Equal(mode == GridMode.Nearest ? 0 : Slope(grid, i), byGrid[i], 1e-4);

        double Slope(double[] values, int at)
        {
            const double step = 1e-7;
            double before = values[at];
            values[at] = before + step;
            double up = Loss();
            values[at] = before - step;
            double down = Loss();
            values[at] = before;
            return (up - down) / (2 * step);
        }

        double Loss() => Forward(shape, input, grid).Zip(weight, (a, b) => a * b).Sum();
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void SinglesAgreeWithDoubles(int spatial, GridMode mode, GridBorder border, bool align)
    {
        (GridShape shape, double[] input, double[] grid) = Problem(spatial, mode, border, align);
        // Points that singles hold, so that both choose the same neighbours.
        grid = [.. grid.Select(x => Math.Round(x * 61) / 61).Select(x => (double)(float)x)];
        float[] inputs = [.. input.Select(x => (float)x)], points = [.. grid.Select(x => (float)x)], output = new float[shape.Batch * shape.Channels * shape.Points];
        float[] ones = [.. output.Select(_ => 1f)], byInput = new float[input.Length], byGrid = new float[grid.Length];
        double[] wideOnes = [.. output.Select(_ => 1.0)], wideByInput = new double[input.Length], wideByGrid = new double[grid.Length];
        fixed (double* x = input, p = grid, w = wideOnes, gi = wideByInput, gp = wideByGrid)
        {
            GridSampling.InputGradient(shape, w, p, gi);
            GridSampling.PointGradient(shape, w, x, p, gp);
        }
        fixed (float* x = inputs, p = points, y = output, w = ones, gi = byInput, gp = byGrid)
        {
            GridSampling.Forward(shape, x, p, y);
            GridSampling.InputGradient(shape, w, p, gi);
            GridSampling.PointGradient(shape, w, x, p, gp);
        }
        Assert.Equal(Forward(shape, input, grid), [.. output.Select(x => (double)x)], (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(wideByInput, [.. byInput.Select(x => (double)x)], (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(wideByGrid, [.. byGrid.Select(x => (double)x)], (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void PointsWithoutANumberReadZeroOrTheFirst()
    {
        var shape = new GridShape(1, 1, 2, new(1, 2, 2), 1, GridMode.Linear, GridBorder.Zeros, false);
        Assert.Equal([0], Forward(shape, [1, 2, 3, 4], [double.NaN, double.NaN]));
        Assert.Equal([0], Forward(shape, [1, 2, 3, 4], [1e30, 0]));
        Assert.Equal([1], Forward(shape with { Border = GridBorder.Border }, [1, 2, 3, 4], [double.NaN, double.NaN]));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Floats_are_read_as_doubles_are(int spatial, GridMode mode, GridBorder border, bool align)
    {
        (GridShape shape, double[] input, double[] grid) = Problem(spatial, mode, border, align);
        float[] x = [.. input.Select(v => (float)v)], points = [.. grid.Select(v => (float)v)], output = new float[shape.Batch * shape.Channels * shape.Points], slopes = new float[grid.Length], back = new float[input.Length];
        grid = [.. points.Select(v => (double)v)];
        input = [.. x.Select(v => (double)v)];
        double[] exact = Forward(shape, input, grid), exactSlopes = new double[grid.Length], exactBack = new double[input.Length], ones = [.. Enumerable.Repeat(1.0, exact.Length)];
        float[] ones32 = [.. Enumerable.Repeat(1f, exact.Length)];
        fixed (double* i = input, p = grid, g = ones, s = exactSlopes, b = exactBack)
        {
            GridSampling.PointGradient(shape, g, i, p, s);
            GridSampling.InputGradient(shape, g, p, b);
        }
        fixed (float* i = x, p = points, y = output, g = ones32, s = slopes, b = back)
        {
            GridSampling.Forward(shape, i, p, y);
            GridSampling.PointGradient(shape, g, i, p, s);
            GridSampling.InputGradient(shape, g, p, b);
        }
        for (int k = 0; k < output.Length; k++) Assert.Equal(exact[k], output[k], 2e-5);
        for (int k = 0; k < slopes.Length; k++) Assert.Equal(exactSlopes[k], slopes[k], 2e-4);
        for (int k = 0; k < back.Length; k++) Assert.Equal(exactBack[k], back[k], 2e-4);
    }

    [Theory]
    [InlineData(GridMode.Linear, false)]
    [InlineData(GridMode.Linear, true)]
    [InlineData(GridMode.Cubic, true)]
    public void Mirrors_bring_in_what_is_far_out_infinite_or_no_number(GridMode mode, bool align)
    {
        foreach (long width in (long[])[1, 6])
        {
            var shape = new GridShape(1, 1, 2, new Extent3(1, 1, width), 8, mode, GridBorder.Reflection, align);
            float[] input = [.. Enumerable.Range(0, (int)width).Select(i => i + 1f)], grid = [0, 0, 1e6f, 0, float.NaN, 0, float.PositiveInfinity, 0, float.NegativeInfinity, 0, -7.3f, 0, 5.1f, 0, -1, 0], output = new float[8];
            fixed (float* x = input, p = grid, y = output) GridSampling.Forward(shape, x, p, y);
            Assert.All(output, value => Assert.True(float.IsFinite(value) || mode == GridMode.Cubic));
        }
    }
}
