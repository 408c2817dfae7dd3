namespace Facula.Kernels.Tests;

/// <summary>Channels with filters of their own, against plain loops: widths around whole vectors, strides, dilation, several filters a channel.</summary>
[Trait("Size", "Small")]
public unsafe class DepthwiseTests
{
    [Theory]
    [InlineData(2, 3, 1, 5, 17, 3, 1, 1, 1)]
    [InlineData(1, 2, 2, 6, 33, 3, 1, 1, 1)]
    [InlineData(1, 2, 1, 9, 70, 5, 1, 2, 1)]
    [InlineData(2, 2, 1, 7, 40, 3, 2, 1, 1)]
    [InlineData(1, 3, 1, 8, 52, 3, 3, 0, 1)]
    [InlineData(1, 2, 1, 9, 39, 3, 1, 2, 2)]
    [InlineData(1, 2, 3, 5, 64, 1, 1, 0, 1)]
    public void AgreesWithPlainLoops(int batch, int channels, int multiplier, int height, int width, int kernel, int stride, int padding, int dilation)
    {
        var shape = ConvolutionShape.Create(batch, channels, channels, channels * multiplier, [height, width], [kernel, kernel], [stride, stride], [padding, padding], [dilation, dilation]);
        long oh = shape.Output.Height, ow = shape.Output.Width;
        var random = new Random(5);
        float[] input = Numbers(shape.InputCount), weight = Numbers(shape.WeightCount), bias = Numbers(shape.OutputChannels), grad = Numbers(shape.OutputCount);
        double[] output = new double[shape.OutputCount], gradInput = new double[shape.InputCount], gradWeight = new double[shape.WeightCount];
        for (int b = 0; b < batch; b++)
            for (int f = 0; f < channels * multiplier; f++)
                for (long y = 0; y < oh; y++)
                    for (long x = 0; x < ow; x++)
                    {
                        long at = ((b * channels * multiplier + f) * oh + y) * ow + x;
                        output[at] = bias[f];
                        for (int ky = 0; ky < kernel; ky++)
                            for (int kx = 0; kx < kernel; kx++)
                            {
                                long iy = y * stride - padding + ky * dilation, ix = x * stride - padding + kx * dilation;
                                if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
                                long from = ((long)(b * channels + f / multiplier) * height + iy) * width + ix, tap = ((long)f * kernel + ky) * kernel + kx;
                                output[at] += (double)input[from] * weight[tap];
                                gradInput[from] += (double)grad[at] * weight[tap];
                                gradWeight[tap] += (double)grad[at] * input[from];
                            }
                    }

        float[] actualOutput = new float[output.Length], actualInput = new float[gradInput.Length], actualWeight = new float[gradWeight.Length];
        fixed (float* i = input, w = weight, c = bias, g = grad, o = actualOutput, gi = actualInput, gw = actualWeight)
        {
            Convolution.Forward(shape, i, w, c, o);
            Convolution.InputGradient(shape, g, w, gi);
            Convolution.WeightGradient(shape, i, g, gw);
        }
        Compare(output, actualOutput);
        Compare(gradInput, actualInput);
        Compare(gradWeight, actualWeight);

        float[] Numbers(long count)
        {
            var numbers = new float[count];
            for (int n = 0; n < numbers.Length; n++) numbers[n] = random.NextSingle() - 0.5f;
            return numbers;
        }
    }

    private static void Compare(double[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"element {i} is {actual[i]}, expected {expected[i]}");
    }
}
