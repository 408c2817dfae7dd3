using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>When Winograd's algorithm serves, and for which vectors.</summary>
internal static unsafe class Winograd
{
    // With fewer, vectors of channels are half empty.
    private const long FewestChannels = 12;
    private const long FewestPairsOfFive = 16 * 32;
    private const long FewTiles = 12, FewWeights = 128 * 128;

    /// <summary>Whether a pass over this many channels, with outputs of this size, gains by it.</summary>
    private static bool Fits(in ConvolutionShape shape, long channels, long results, long height, long width)
    {
        if (shape.Kernel != new Extent3(1, 3, 3) && shape.Kernel != new Extent3(1, 5, 5) || shape.Stride.Count != 1 || shape.Dilation.Count != 1 || shape.Input.Depth != 1 || shape.Padding.Depth != 0)
            return false;
        if (channels < FewestChannels || results < FewestChannels)
            return false;
        // 36 products replace 144 or 100, but a tile that hangs over the edge does its work in vain; and of five taps each output takes four times the transforms.
        long side = WinogradGrid.SideOf((int)shape.Kernel.Width), tiles = ((height + side - 1) / side) * ((width + side - 1) / side);
        if (side * side * tiles > (side == 4 ? 2.6 : 1.5) * height * width)
            return false;
        if (side == 2 && (channels * results < FewestPairsOfFive))
            return false;
        // Transformed, weights are four times as many: too many for the caches, they take longer to come than a few tiles save.
        return tiles * shape.Batch >= FewTiles || channels * results <= FewWeights;
    }

    /// <summary>Whether the forward pass gains by it, and the weights' gradient.</summary>
    public static bool FitsForward(in ConvolutionShape shape) => FitsPlainForward(WinogradPhases.Plain(shape));

    private static bool FitsPlainForward(in ConvolutionShape shape) =>
        Fits(shape, shape.GroupInputChannels, shape.GroupOutputChannels, shape.Output.Height, shape.Output.Width);

    /// <summary>Whether the gradient of the input gains by it.</summary>
    public static bool FitsInputGradient(in ConvolutionShape shape) => FitsPlainInputGradient(WinogradPhases.Plain(shape));

    private static bool FitsPlainInputGradient(in ConvolutionShape shape) =>
        Fits(shape, shape.GroupOutputChannels, shape.GroupInputChannels, shape.Input.Height, shape.Input.Width);

    /// <summary>Elements of the transformed weights.</summary>
    public static long PreparedCount(in ConvolutionShape shape)
    {
        if (GemmLanes512<float>.IsSupported)
            return WinogradWeights<GemmLanes512<float>, Vector512<float>>.Of(shape).Count;
        return GemmLanes256<float>.IsSupported ? WinogradWeights<GemmLanes256<float>, Vector256<float>>.Of(shape).Count : WinogradWeights<GemmLanes128<float>, Vector128<float>>.Of(shape).Count;
    }

    /// <summary>Transforms the weights for the forward pass.</summary>
    public static void Prepare(in ConvolutionShape shape, float* weight, float* prepared)
    {
        if (GemmLanes512<float>.IsSupported)
            WinogradForward<GemmLanes512<float>, Vector512<float>>.Prepare(shape, weight, prepared);
        else if (GemmLanes256<float>.IsSupported)
            WinogradForward<GemmLanes256<float>, Vector256<float>>.Prepare(shape, weight, prepared);
        else
            WinogradForward<GemmLanes128<float>, Vector128<float>>.Prepare(shape, weight, prepared);
    }

    public static bool TryForward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared)
    {
        ConvolutionShape plain = WinogradPhases.Plain(shape);
        if (!FitsPlainForward(plain))
            return false;
        if (plain == shape)
        {
            Forward(shape, input, weight, bias, output, prepared);
            return true;
        }
        using Scratch inputs = Scratch.Rent<float>(plain.InputCount), outputs = Scratch.Rent<float>(plain.OutputCount);
        WinogradPhases.SplitInput(shape, plain, input, (float*)inputs.Pointer);
        Forward(plain, (float*)inputs.Pointer, weight, bias, (float*)outputs.Pointer, prepared);
        WinogradPhases.JoinOutput(shape, plain, (float*)outputs.Pointer, output);
        return true;
    }

    public static bool TryInputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        ConvolutionShape plain = WinogradPhases.Plain(shape);
        if (!FitsPlainInputGradient(plain))
            return false;
        if (plain == shape)
        {
            InputGradient(shape, gradOutput, weight, gradInput);
            return true;
        }
        using Scratch inputs = Scratch.Rent<float>(plain.InputCount), outputs = Scratch.Rent<float>(plain.OutputCount);
        WinogradPhases.SplitOutput(shape, plain, gradOutput, (float*)outputs.Pointer);
        InputGradient(plain, (float*)outputs.Pointer, weight, (float*)inputs.Pointer);
        WinogradPhases.JoinInput(shape, plain, (float*)inputs.Pointer, gradInput);
        return true;
    }

    public static bool TryWeightGradient(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        ConvolutionShape plain = WinogradPhases.Plain(shape);
        if (!FitsPlainForward(plain))
            return false;
        if (plain == shape)
        {
            WeightGradient(shape, input, gradOutput, gradWeight);
            return true;
        }
        using Scratch inputs = Scratch.Rent<float>(plain.InputCount), outputs = Scratch.Rent<float>(plain.OutputCount);
        WinogradPhases.SplitInput(shape, plain, input, (float*)inputs.Pointer);
        WinogradPhases.SplitOutput(shape, plain, gradOutput, (float*)outputs.Pointer);
        WeightGradient(plain, (float*)inputs.Pointer, (float*)outputs.Pointer, gradWeight);
        return true;
    }

    private static void Forward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared)
    {
        if (GemmLanes512<float>.IsSupported)
            WinogradForward<GemmLanes512<float>, Vector512<float>>.Run(shape, input, weight, bias, output, prepared);
        else if (GemmLanes256<float>.IsSupported)
            WinogradForward<GemmLanes256<float>, Vector256<float>>.Run(shape, input, weight, bias, output, prepared);
        else
            WinogradForward<GemmLanes128<float>, Vector128<float>>.Run(shape, input, weight, bias, output, prepared);
    }

    private static void InputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        if (GemmLanes512<float>.IsSupported)
            WinogradForward<GemmLanes512<float>, Vector512<float>>.RunInputGradient(shape, gradOutput, weight, gradInput);
        else if (GemmLanes256<float>.IsSupported)
            WinogradForward<GemmLanes256<float>, Vector256<float>>.RunInputGradient(shape, gradOutput, weight, gradInput);
        else
            WinogradForward<GemmLanes128<float>, Vector128<float>>.RunInputGradient(shape, gradOutput, weight, gradInput);
    }

    private static void WeightGradient(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        if (GemmLanes512<float>.IsSupported)
            WinogradWeightGradient<GemmLanes512<float>, Vector512<float>>.Run(shape, input, gradOutput, gradWeight);
        else if (GemmLanes256<float>.IsSupported)
            WinogradWeightGradient<GemmLanes256<float>, Vector256<float>>.Run(shape, input, gradOutput, gradWeight);
        else
            WinogradWeightGradient<GemmLanes128<float>, Vector128<float>>.Run(shape, input, gradOutput, gradWeight);
    }
}
