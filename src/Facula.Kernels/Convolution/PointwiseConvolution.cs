namespace Facula.Kernels;

/// <summary>Convolutions of one tap and no border: products of the weights with each image's channels × positions.</summary>
/// <remarks>With a stride the positions that are read are gathered first. Images of few positions would fill few lanes: they are brought side by side, channels × images × positions.</remarks>
internal static unsafe class PointwiseConvolution
{
    // Copying an element takes as long as so many multiply-adds that a product does in vain.
    private const long WorkPerCopy = 35, LaneStep = 16, MostMergedPositions = 64;

    public static bool TryForward<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged
    {
        if (!Fits(shape))
            return false;
        bool merges = Merges(shape);
        using var room = Bring(shape, merges, shape.InputChannels, shape.Input, shape.Stride, ref input);
        using var resultRoom = merges ? Scratch.Rent<T>(shape.OutputCount) : default;
        T* result = merges ? (T*)resultRoom.Pointer : output;
        Product(shape, merges, weight, shape.GroupInputChannels, 1, input, shape.GroupInputChannels, result, shape.GroupOutputChannels, bias);
        if (merges)
            PlaneCopy<T>.Run(shape.Batch, shape.OutputChannels, shape.Output, shape.Output, Dense, merges, result, output, back: true);
        return true;
    }

    public static bool TryInputGradient<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged
    {
        if (!Fits(shape))
            return false;
        bool merges = Merges(shape), copies = merges || shape.Stride.Count > 1;
        using var room = Bring(shape, merges, shape.OutputChannels, shape.Output, Dense, ref gradOutput);
        using var resultRoom = copies ? Scratch.Rent<T>(shape.Batch * shape.InputChannels * shape.Output.Count) : default;
        T* result = copies ? (T*)resultRoom.Pointer : gradInput;
        Product(shape, merges, weight, 1, shape.GroupInputChannels, gradOutput, shape.GroupOutputChannels, result, shape.GroupInputChannels, null);
        if (copies)
            PlaneCopy<T>.Run(shape.Batch, shape.InputChannels, shape.Input, shape.Output, shape.Stride, merges, result, gradInput, back: true);
        return true;
    }

    /// <summary>The weight gradient of images that are brought side by side; others have passes of their own.</summary>
    public static bool TryWeightGradient<T>(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight) where T : unmanaged
    {
        if (!Fits(shape) || !Merges(shape))
            return false;
        using var inputRoom = Bring(shape, true, shape.InputChannels, shape.Input, shape.Stride, ref input);
        using var gradientRoom = Bring(shape, true, shape.OutputChannels, shape.Output, Dense, ref gradOutput);
        long positions = shape.Batch * shape.Output.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        for (long group = 0; group < shape.Groups; group++, input += channels * positions, gradOutput += filters * positions, gradWeight += filters * channels)
        {
            if (typeof(T) == typeof(float))
                Gemm.Multiply((float*)gradOutput, positions, 1, (float*)input, 1, positions, (float*)gradWeight, channels, filters, channels, positions);
            else
                Gemm.Multiply((double*)gradOutput, positions, 1, (double*)input, 1, positions, (double*)gradWeight, channels, filters, channels, positions);
        }
        return true;
    }

    public static bool Fits(in ConvolutionShape shape) => shape.Kernel.Count == 1 && shape.Padding == default;

    private static Extent3 Dense => new(1, 1, 1);

    /// <summary>Whether bringing the images side by side costs less than the lanes that would stay empty.</summary>
    private static bool Merges(in ConvolutionShape shape)
    {
        long positions = shape.Output.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        long vain = (LaneStep - positions % LaneStep) % LaneStep;
        return shape.Batch > 1 && positions <= MostMergedPositions && vain * channels * filters > WorkPerCopy * positions * (channels + filters);
    }

    /// <summary>Copies the positions that are read, where they do not lie as the product wants them; <paramref name="planes"/> then is the copy.</summary>
    private static Scratch Bring<T>(in ConvolutionShape shape, bool merges, long channels, Extent3 whole, Extent3 stride, ref T* planes) where T : unmanaged
    {
        if (!merges && stride.Count == 1)
            return default;
        var room = Scratch.Rent<T>(shape.Batch * channels * shape.Output.Count);
        PlaneCopy<T>.Run(shape.Batch, channels, whole, shape.Output, stride, merges, planes, (T*)room.Pointer, back: false);
        planes = (T*)room.Pointer;
        return room;
    }

    /// <summary>All groups: weights of some strides × channels of images, or of all images side by side.</summary>
    private static void Product<T>(in ConvolutionShape shape, bool merges, T* weight, long row, long column, T* images, long channels, T* results, long filters, T* bias) where T : unmanaged
    {
        long batch = merges ? 1 : shape.Batch, positions = shape.Output.Count * (merges ? shape.Batch : 1);
        for (long group = 0; group < shape.Groups; group++)
        {
            Multiply(
                weight + group * filters * channels, row, column, images + group * channels * positions, shape.Groups * channels * positions,
                results + group * filters * positions, shape.Groups * filters * positions, batch, filters, channels, positions, bias == null ? null : bias + group * filters);
        }
    }

    /// <summary>The weights × every image; rows of images are <paramref name="positions"/> long and follow one another.</summary>
    private static void Multiply<T>(T* weight, long row, long column, T* images, long image, T* results, long result, long batch, long m, long k, long positions, T* bias)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Gemm.MultiplyBatched((float*)weight, 0, row, column, (float*)images, image, positions, 1, (float*)results, result, positions, batch, m, positions, k,
                epilogue: new GemmEpilogue<float> { RowBias = (float*)bias });
        }
        else
        {
            Gemm.MultiplyBatched((double*)weight, 0, row, column, (double*)images, image, positions, 1, (double*)results, result, positions, batch, m, positions, k,
                epilogue: new GemmEpilogue<double> { RowBias = (double*)bias });
        }
    }
}
