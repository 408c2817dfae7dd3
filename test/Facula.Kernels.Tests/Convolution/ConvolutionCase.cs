using System.Numerics;

namespace Facula.Kernels.Tests;

/// <summary>One convolution with random contents; the definition, as nested loops in double, is the truth for all three passes.</summary>
internal sealed class ConvolutionCase
{
    public readonly ConvolutionShape Shape;
    public readonly double[] Input, Weight, Bias, GradOutput;

    public ConvolutionCase(ConvolutionShape shape, int seed = 1)
    {
        Shape = shape;
        Input = Random(shape.InputCount, seed);
        Weight = Random(shape.WeightCount, seed + 1);
        Bias = Random(shape.OutputChannels, seed + 2);
        GradOutput = Random(shape.OutputCount, seed + 3);
    }

    /// <summary>Values that float holds exactly, so that both precisions start from the same data.</summary>
    private static double[] Random(long count, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(random.NextDouble() * 2 - 1);
        return values;
    }

    public double[] Forward()
    {
        var output = new double[Shape.OutputCount];
        long plane = Shape.Output.Count;
        for (long i = 0; i < output.Length; i++)
            output[i] = Bias[i / plane % Shape.OutputChannels];
        Walk((input, weight, result) => output[result] += Input[input] * Weight[weight]);
        return output;
    }

    public double[] InputGradient()
    {
        var gradient = new double[Shape.InputCount];
        Walk((input, weight, result) => gradient[input] += GradOutput[result] * Weight[weight]);
        return gradient;
    }

    public double[] WeightGradient()
    {
        var gradient = new double[Shape.WeightCount];
        Walk((input, weight, result) => gradient[weight] += GradOutput[result] * Input[input]);
        return gradient;
    }

    /// <summary>Calls back with the indices of every product of the sum.</summary>
    private void Walk(Action<long, long, long> product)
    {
        var (o, k, n) = (Shape.Output, Shape.Kernel, Shape.Input);
        var (stride, padding, dilation) = (Shape.Stride, Shape.Padding, Shape.Dilation);
        long groupFilters = Shape.GroupOutputChannels, groupChannels = Shape.GroupInputChannels, channels = Shape.InputChannels, filters = Shape.OutputChannels;
        for (long image = 0; image < Shape.Batch; image++)
        for (long filter = 0; filter < filters; filter++)
        for (long od = 0; od < o.Depth; od++)
        for (long oh = 0; oh < o.Height; oh++)
        for (long ow = 0; ow < o.Width; ow++)
        for (long channel = 0; channel < groupChannels; channel++)
        for (long kd = 0; kd < k.Depth; kd++)
        for (long kh = 0; kh < k.Height; kh++)
        for (long kw = 0; kw < k.Width; kw++)
        {
            long d = od * stride.Depth - padding.Depth + kd * dilation.Depth;
            long h = oh * stride.Height - padding.Height + kh * dilation.Height;
            long w = ow * stride.Width - padding.Width + kw * dilation.Width;
            if (d < 0 || d >= n.Depth || h < 0 || h >= n.Height || w < 0 || w >= n.Width)
                continue;
            long inputChannel = filter / groupFilters * groupChannels + channel;
            product(
                ((image * channels + inputChannel) * n.Depth + d) * n.Height * n.Width + h * n.Width + w,
                (((filter * groupChannels + channel) * k.Depth + kd) * k.Height + kh) * k.Width + kw,
                ((image * filters + filter) * o.Depth + od) * o.Height * o.Width + oh * o.Width + ow);
        }
    }

    /// <summary>Compares with the truth; the tolerance is relative to the largest value.</summary>
    public static void AssertClose<T>(double[] expected, T[] result, double tolerance, string what) where T : INumberBase<T>
    {
        double largest = 1e-3;
        foreach (double x in expected)
            largest = Math.Max(largest, Math.Abs(x));
        for (int i = 0; i < expected.Length; i++)
        {
            double got = double.CreateChecked(result[i]);
            if (!(Math.Abs(got - expected[i]) <= tolerance * largest))
                Assert.Fail($"{what}[{i}]: {got} instead of {expected[i]} (largest {largest})");
        }
    }
}
