using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Convolutions over contiguous NC(D)(H)W data, as neural networks mean them (no flip), and their two derivatives.</summary>
/// <remarks>
/// The weight is output channels × input channels per group × kernel. A transposed convolution is <c>InputGradient</c>.
/// Every pass overwrites its result. Results do not depend on the number of threads.
/// </remarks>
public static unsafe class Convolution
{
    /// <summary>
    /// Whether float32 convolutions of 3 × 3 or 5 × 5 and stride 1 may use Winograd's algorithm: up to three times as fast,
    /// with errors up to 3e-6 of the largest value instead of 3e-7.
    /// </summary>
    public static bool AllowWinograd { get; set; } = true;

    // For one tap the product is better, unless it would have to gather what a stride meets, or long sums of few filters would read much for little.
    private static bool TakesDirect(in ConvolutionShape shape) =>
        Direct.FitsForward(shape) && (shape.Stride.Count > 1 || !PointwiseConvolution.Fits(shape) || Narrows(shape));

    private static bool Narrows(in ConvolutionShape shape) =>
        shape.GroupOutputChannels <= 144 && shape.GroupInputChannels >= Math.Max(160, 3 * shape.GroupOutputChannels);

    // Beyond this transformed weights, four times as many, come from memory no faster than they are transformed.
    private const long MostKeptPoints = 1 << 17;

    /// <summary>The form that the forward pass of a shape brings its weights into, and can be given them in.</summary>
    public static WeightForm FormOf(in ConvolutionShape shape)
    {
        if (shape.OutputCount == 0 || Depthwise.FitsForward(shape) || Planes.FitsForward(shape) || WholeImageConvolution.Fits(shape))
            return WeightForm.AsGiven;
        if (AllowWinograd && Winograd.FitsForward(shape))
            return shape.GroupInputChannels * shape.GroupOutputChannels <= MostKeptPoints ? WeightForm.Points : WeightForm.AsGiven;
        return TakesDirect(shape) ? WeightForm.Panels : WeightForm.AsGiven;
    }

    /// <summary>Elements of the weights in a form other than <see cref="WeightForm.AsGiven"/>.</summary>
    public static long PreparedCount(in ConvolutionShape shape, WeightForm form) =>
        form == WeightForm.Points ? Winograd.PreparedCount(shape) : Direct.PreparedCount(shape);

    /// <summary>Brings weights into a form other than <see cref="WeightForm.AsGiven"/>.</summary>
    public static void Prepare(in ConvolutionShape shape, WeightForm form, float* weight, float* prepared)
    {
        if (form == WeightForm.Points)
            Winograd.Prepare(shape, weight, prepared);
        else
            Direct.Prepare(shape, weight, prepared);
    }

    /// <summary>output = input ⋆ weight + bias; bias may be null, and so may <paramref name="prepared"/>, the weights in the form of <see cref="FormOf"/>.</summary>
    public static void Forward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared = null)
    {
        if (shape.OutputCount == 0 || Depthwise.TryForward(shape, input, weight, bias, output) || Planes.TryForward(shape, input, weight, bias, output) || WholeImageConvolution.TryForward(shape, input, weight, bias, output))
            return;
        if (AllowWinograd && Winograd.TryForward(shape, input, weight, bias, output, prepared))
            return;
        if (TakesDirect(shape))
            Direct.Forward(shape, input, weight, bias, output, prepared);
        else if (!PointwiseConvolution.TryForward(shape, input, weight, bias, output))
            ForwardAny(shape, input, weight, bias, output);
    }

    /// <summary>output = input ⋆ weight + bias; bias may be null.</summary>
    public static void Forward(in ConvolutionShape shape, double* input, double* weight, double* bias, double* output)
    {
        if (shape.OutputCount == 0 || Depthwise.TryForward(shape, input, weight, bias, output) || Planes.TryForward(shape, input, weight, bias, output) || WholeImageConvolution.TryForward(shape, input, weight, bias, output))
            return;
        if (!PointwiseConvolution.TryForward(shape, input, weight, bias, output))
            ForwardAny(shape, input, weight, bias, output);
    }

    /// <summary>The gradient of the input, from that of the output.</summary>
    public static void InputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        if (IsEmpty(shape, gradInput, shape.InputCount) || Depthwise.TryInputGradient(shape, gradOutput, weight, gradInput) || Planes.TryInputGradient(shape, gradOutput, weight, gradInput) || WholeImageConvolution.TryInputGradient(shape, gradOutput, weight, gradInput))
            return;
        if (AllowWinograd && Winograd.TryInputGradient(shape, gradOutput, weight, gradInput))
            return;
        if (!PointwiseConvolution.TryInputGradient(shape, gradOutput, weight, gradInput) && !Direct.TryInputGradient(shape, gradOutput, weight, gradInput))
            InputGradientAny(shape, gradOutput, weight, gradInput);
    }

    /// <summary>The gradient of the input, from that of the output.</summary>
    public static void InputGradient(in ConvolutionShape shape, double* gradOutput, double* weight, double* gradInput)
    {
        if (IsEmpty(shape, gradInput, shape.InputCount) || Depthwise.TryInputGradient(shape, gradOutput, weight, gradInput) || Planes.TryInputGradient(shape, gradOutput, weight, gradInput) || WholeImageConvolution.TryInputGradient(shape, gradOutput, weight, gradInput))
            return;
        if (!PointwiseConvolution.TryInputGradient(shape, gradOutput, weight, gradInput))
            InputGradientAny(shape, gradOutput, weight, gradInput);
    }

    /// <summary>The gradient of the weight, from that of the output.</summary>
    public static void WeightGradient(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        if (IsEmpty(shape, gradWeight, shape.WeightCount) || Depthwise.TryWeightGradient(shape, input, gradOutput, gradWeight) || Planes.TryWeightGradient(shape, input, gradOutput, gradWeight) || WholeImageConvolution.TryWeightGradient(shape, input, gradOutput, gradWeight))
            return;
        if (AllowWinograd && Winograd.TryWeightGradient(shape, input, gradOutput, gradWeight))
            return;
        if (!PointwiseConvolution.TryWeightGradient(shape, input, gradOutput, gradWeight) && !Direct.TryWeightGradient(shape, input, gradOutput, gradWeight))
            WeightGradientAny(shape, input, gradOutput, gradWeight);
    }

    /// <summary>The gradient of the weight, from that of the output.</summary>
    public static void WeightGradient(in ConvolutionShape shape, double* input, double* gradOutput, double* gradWeight)
    {
        if (!IsEmpty(shape, gradWeight, shape.WeightCount) && !Depthwise.TryWeightGradient(shape, input, gradOutput, gradWeight) && !Planes.TryWeightGradient(shape, input, gradOutput, gradWeight) && !WholeImageConvolution.TryWeightGradient(shape, input, gradOutput, gradWeight)
            && !PointwiseConvolution.TryWeightGradient(shape, input, gradOutput, gradWeight))
            WeightGradientAny(shape, input, gradOutput, gradWeight);
    }

    /// <summary>Whether there is nothing to sum, the gradient then being zero.</summary>
    private static bool IsEmpty<T>(in ConvolutionShape shape, T* gradient, long count) where T : unmanaged
    {
        if (count != 0 && shape.OutputCount != 0)
            return false;
        BorderedPlane.Clear(gradient, (nint)count);
        return true;
    }

    private static void ForwardAny<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged, INumberBase<T>
    {
        if (GemmLanes512<T>.IsSupported)
            ImplicitGemmForward<GemmLanes512<T>, Vector512<T>, T>.Run(shape, input, weight, bias, output);
        else if (GemmLanes256<T>.IsSupported)
            ImplicitGemmForward<GemmLanes256<T>, Vector256<T>, T>.Run(shape, input, weight, bias, output);
        else
            ImplicitGemmForward<GemmLanes128<T>, Vector128<T>, T>.Run(shape, input, weight, bias, output);
    }

    private static void InputGradientAny<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged, INumberBase<T>
    {
        if (GemmLanes512<T>.IsSupported)
            ImplicitGemmInputGradient<GemmLanes512<T>, Vector512<T>, T>.Run(shape, gradOutput, weight, gradInput);
        else if (GemmLanes256<T>.IsSupported)
            ImplicitGemmInputGradient<GemmLanes256<T>, Vector256<T>, T>.Run(shape, gradOutput, weight, gradInput);
        else
            ImplicitGemmInputGradient<GemmLanes128<T>, Vector128<T>, T>.Run(shape, gradOutput, weight, gradInput);
    }

    private static void WeightGradientAny<T>(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight) where T : unmanaged, INumberBase<T>
    {
        if (GemmLanes512<T>.IsSupported)
            ImplicitGemmWeightGradient<GemmLanes512<T>, Vector512<T>, T>.Run(shape, input, gradOutput, gradWeight);
        else if (GemmLanes256<T>.IsSupported)
            ImplicitGemmWeightGradient<GemmLanes256<T>, Vector256<T>, T>.Run(shape, input, gradOutput, gradWeight);
        else
            ImplicitGemmWeightGradient<GemmLanes128<T>, Vector128<T>, T>.Run(shape, input, gradOutput, gradWeight);
    }
}
