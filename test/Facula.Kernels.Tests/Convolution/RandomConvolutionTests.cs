using System.Numerics;

namespace Facula.Kernels.Tests;

/// <summary>Convolutions of random sizes against the definition, their data beside pages that nobody may touch.</summary>
public unsafe class RandomConvolutionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryPassEqualsTheDefinition(int dimensions)
    {
        foreach (int seed in RandomSeeds.Draw(120))
        {
            var random = new Random(seed);
            ConvolutionShape shape = RandomShape(random, dimensions);
            var test = new ConvolutionCase(shape, seed);
            string what = $"{shape} of seed {seed}";
            bool atEnd = random.Next(2) == 0;
            // Rounding errors of a sum grow like the root of its terms.
            double terms = Math.Max(shape.FilterSize, shape.Batch * shape.Output.Count), ulp = float.BitIncrement(1) - 1;
            Check<double>(test, atEnd, 1e-13, what,
                (x, w, b, y) => Convolution.Forward(shape, x, w, b, y),
                (g, w, dx) => Convolution.InputGradient(shape, g, w, dx),
                (x, g, dw) => Convolution.WeightGradient(shape, x, g, dw));
            Check<float>(test, atEnd, Math.Max(3e-6, ulp / 2 * Math.Sqrt(terms)), what,
                (x, w, b, y) => Convolution.Forward(shape, x, w, b, y),
                (g, w, dx) => Convolution.InputGradient(shape, g, w, dx),
                (x, g, dw) => Convolution.WeightGradient(shape, x, g, dw));
        }
    }

    private delegate void ForwardPass<T>(T* input, T* weight, T* bias, T* output) where T : unmanaged;

    private delegate void GradientPass<T>(T* first, T* second, T* gradient) where T : unmanaged;

    private static void Check<T>(ConvolutionCase test, bool atEnd, double tolerance, string what, ForwardPass<T> forward, GradientPass<T> inputGradient, GradientPass<T> weightGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var input = Guard<T>(test.Input, atEnd);
        using var weight = Guard<T>(test.Weight, atEnd);
        using var bias = Guard<T>(test.Bias, atEnd);
        using var gradOutput = Guard<T>(test.GradOutput, atEnd);
        using var output = Garbage<T>(gradOutput.Count, atEnd);
        using var gradInput = Garbage<T>(input.Count, atEnd);
        using var gradWeight = Garbage<T>(weight.Count, atEnd);
        forward(input.Pointer, weight.Pointer, bias.Pointer, output.Pointer);
        inputGradient(gradOutput.Pointer, weight.Pointer, gradInput.Pointer);
        weightGradient(input.Pointer, gradOutput.Pointer, gradWeight.Pointer);
        ConvolutionCase.AssertClose(test.Forward(), output.ToArray(), tolerance, $"{typeof(T).Name} output of {what}");
        ConvolutionCase.AssertClose(test.InputGradient(), gradInput.ToArray(), tolerance, $"{typeof(T).Name} input gradient of {what}");
        ConvolutionCase.AssertClose(test.WeightGradient(), gradWeight.ToArray(), tolerance, $"{typeof(T).Name} weight gradient of {what}");
    }

    private static GuardedArray<T> Guard<T>(double[] values, bool atEnd) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Array.ConvertAll(values, T.CreateChecked), atEnd);

    private static GuardedArray<T> Garbage<T>(int count, bool atEnd) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var garbage = new GuardedArray<T>(new T[count], atEnd);
        new Span<T>(garbage.Pointer, count).Fill(T.NaN);
        return garbage;
    }

    // Each way of computing has its own bounds on channels, rows and taps: sizes come from short lists on either side of them.
    private static ConvolutionShape RandomShape(Random random, int dimensions)
    {
        while (true)
        {
            int groups = 1, channels, filters;
            if (random.Next(4) == 0)
            {
                groups = random.Pick(2, 3, 5, 16, 17, 33, 64);
                channels = groups * random.Pick(1, 1, 2, 5);
                filters = groups * random.Pick(1, 1, 2, 3, 9);
            }
            else
            {
                channels = random.Pick(1, 2, 3, 4, 7, 16, 19, 32, 40, 64, 130, 200);
                filters = random.Pick(1, 2, 3, 5, 8, 16, 17, 24, 32, 48, 65, 100);
            }
            int kind = random.Next(3), side = random.Pick(1, 1, 2, 3, 3, 3, 4, 5, 5, 7, 11);
            var (input, kernel, stride, padding, dilation) = (new long[dimensions], new long[dimensions], new long[dimensions], new long[dimensions], new long[dimensions]);
            int sameStride = random.Pick(1, 1, 1, 2, 2, 3), sameDilation = random.Pick(1, 1, 1, 2, 3);
            for (int i = 0; i < dimensions; i++)
            {
                input[i] = random.Pick(1, 2, 3, 5, 7, 8, 9, 12, 14, 15, 16, 17, 28, 31, 33, 40, 56);
                kernel[i] = kind == 0 ? random.Next(1, 8) : side;
                stride[i] = kind == 0 ? random.Next(1, 4) : sameStride;
                dilation[i] = kind == 0 ? random.Next(1, 4) : sameDilation;
                padding[i] = kind == 2 ? dilation[i] * (kernel[i] - 1) / 2 : random.Next((int)kernel[i] + 2);
            }
            var shape = ConvolutionShape.Create(random.Pick(1, 1, 2, 3, 5, 8), groups, channels, filters, input, kernel, stride, padding, dilation);
            if (shape.OutputCount > 0 && shape.OutputCount * shape.FilterSize <= 1 << 21 && shape.InputCount <= 1 << 18)
                return shape;
        }
    }
}
