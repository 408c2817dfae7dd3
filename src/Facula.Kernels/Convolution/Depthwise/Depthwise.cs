using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Which depthwise convolutions have their channels in the lanes, and for which vectors.</summary>
internal static unsafe class Depthwise
{
    // Wider rows fill vectors by themselves; with many taps they then need fewer loads a product. Fewer channels would not fill the vectors here.
    private const long WideRow = 16, WideRowOfManyTaps = 12, ManyTaps = 10, FewChannels = 4;
    private const long MostPositions = 512, MostTerms = 1 << 13;
    // The table of terms is not worth its making for a few images, unless nothing else fits.
    private const long FewPlanes = 64;

    public static bool FitsForward(in ConvolutionShape shape) =>
        Fits(shape) && (shape.Output.Width < WideRowOfManyTaps || shape.Kernel.Count < ManyTaps);

    public static bool TryForward<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged, INumberBase<T> =>
        FitsForward(shape) && Run(shape, DepthwiseTarget.Output, input, weight, bias, output);

    public static bool TryInputGradient<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged, INumberBase<T> =>
        Fits(shape) && Run(shape, DepthwiseTarget.Input, gradOutput, weight, null, gradInput);

    public static bool TryWeightGradient<T>(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight) where T : unmanaged, INumberBase<T> =>
        Fits(shape) && Run(shape, DepthwiseTarget.Weight, input, gradOutput, null, gradWeight);

    private static bool Fits(in ConvolutionShape shape) =>
        shape.GroupInputChannels == 1 && shape.GroupOutputChannels == 1 && shape.Groups >= FewChannels && (shape.Batch * shape.Groups >= FewPlanes || shape.Output.Width < Planes.LeastWidth)
        && shape.Output.Width < WideRow && shape.Input.Width < 2 * WideRow
        && shape.Input.Count <= MostPositions && shape.Output.Count <= MostPositions && shape.Output.Count * shape.Kernel.Count <= MostTerms;

    private static bool Run<T>(in ConvolutionShape shape, DepthwiseTarget target, T* left, T* right, T* bias, T* result) where T : unmanaged, INumberBase<T>
    {
        if (GemmLanes512<T>.IsSupported && shape.Groups > Vector256<T>.Count)
            DepthwiseConvolution<GemmLanes512<T>, Vector512<T>, T>.Run(shape, target, left, right, bias, result);
        else if (GemmLanes256<T>.IsSupported && shape.Groups > Vector128<T>.Count)
            DepthwiseConvolution<GemmLanes256<T>, Vector256<T>, T>.Run(shape, target, left, right, bias, result);
        else
            DepthwiseConvolution<GemmLanes128<T>, Vector128<T>, T>.Run(shape, target, left, right, bias, result);
        return true;
    }
}
