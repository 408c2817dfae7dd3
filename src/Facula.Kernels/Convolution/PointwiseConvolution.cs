namespace Facula.Kernels;

/// <summary>Convolutions of one tap, stride 1 and no border: products of the weights with each image's channels × positions.</summary>
internal static unsafe class PointwiseConvolution
{
    public static bool TryForward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output)
    {
        if (!Fits(shape))
            return false;
        long positions = shape.Input.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        for (long group = 0; group < shape.Groups; group++)
        {
            Gemm.MultiplyBatched(
                weight + group * filters * channels, 0, channels, 1, input + group * channels * positions, shape.InputChannels * positions, positions, 1,
                output + group * filters * positions, shape.OutputChannels * positions, positions, shape.Batch, filters, positions, channels,
                epilogue: new GemmEpilogue<float> { RowBias = bias == null ? null : bias + group * filters });
        }
        return true;
    }

    public static bool TryInputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        if (!Fits(shape))
            return false;
        long positions = shape.Input.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        for (long group = 0; group < shape.Groups; group++)
        {
            Gemm.MultiplyBatched(
                weight + group * filters * channels, 0, 1, channels, gradOutput + group * filters * positions, shape.OutputChannels * positions, positions, 1,
                gradInput + group * channels * positions, shape.InputChannels * positions, positions, shape.Batch, channels, positions, filters);
        }
        return true;
    }

    private static bool Fits(in ConvolutionShape shape) => shape.Kernel.Count == 1 && shape.Stride.Count == 1 && shape.Padding == default;
}
