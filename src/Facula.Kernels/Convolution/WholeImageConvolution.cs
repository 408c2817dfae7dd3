namespace Facula.Kernels;

/// <summary>Convolutions whose filter covers each whole image, so that there is one output position: products of the images, as rows, with the filters.</summary>
/// <remarks>As a discriminator ends, and, as the input gradient, a generator begins; 1 × 1 convolutions of single pixels are of this kind, too.</remarks>
internal static unsafe class WholeImageConvolution
{
    public static bool Fits(in ConvolutionShape shape) =>
        shape.Groups == 1 && shape.Kernel == shape.Input && shape.Padding == default && shape.Dilation.Count == 1;

    public static bool TryForward<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged
    {
        if (!Fits(shape))
            return false;
        long size = shape.FilterSize, filters = shape.OutputChannels;
        if (typeof(T) == typeof(float))
            Gemm.Multiply((float*)input, size, 1, (float*)weight, 1, size, (float*)output, filters, shape.Batch, filters, size, 1, 0, new GemmEpilogue<float> { ColumnBias = (float*)bias });
        else
            Gemm.Multiply((double*)input, size, 1, (double*)weight, 1, size, (double*)output, filters, shape.Batch, filters, size, 1, 0, new GemmEpilogue<double> { ColumnBias = (double*)bias });
        return true;
    }

    public static bool TryInputGradient<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged =>
        Fits(shape) && Multiply(gradOutput, shape.OutputChannels, 1, weight, gradInput, shape.Batch, shape.FilterSize, shape.OutputChannels);

    public static bool TryWeightGradient<T>(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight) where T : unmanaged =>
        Fits(shape) && Multiply(gradOutput, 1, shape.OutputChannels, input, gradWeight, shape.OutputChannels, shape.FilterSize, shape.Batch);

    private static bool Multiply<T>(T* a, long row, long column, T* b, T* c, long m, long n, long k) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Gemm.Multiply((float*)a, row, column, (float*)b, n, 1, (float*)c, n, m, n, k);
        else
            Gemm.Multiply((double*)a, row, column, (double*)b, n, 1, (double*)c, n, m, n, k);
        return true;
    }
}
