using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>When the direct kernel serves, and for which vectors.</summary>
internal static unsafe class Direct
{
    // Half a vector: that tiles of the gradients are then half in vain costs less than gathering what products need; forward it does not.
    private const long FewestLanes = 8;

    public static bool FitsForward(in ConvolutionShape shape) => shape.GroupOutputChannels >= 12 && shape.FilterSize >= 16;

    /// <summary>Elements of the weights in panels.</summary>
    public static long PreparedCount(in ConvolutionShape shape)
    {
        if (GemmLanes512<float>.IsSupported)
            return DirectPlans<GemmLanes512<float>, Vector512<float>>.PreparedCount(shape);
        return GemmLanes256<float>.IsSupported ? DirectPlans<GemmLanes256<float>, Vector256<float>>.PreparedCount(shape) : DirectPlans<GemmLanes128<float>, Vector128<float>>.PreparedCount(shape);
    }

    /// <summary>Packs the weights into panels for the forward pass.</summary>
    public static void Prepare(in ConvolutionShape shape, float* weight, float* prepared)
    {
        if (GemmLanes512<float>.IsSupported)
            DirectPlans<GemmLanes512<float>, Vector512<float>>.Prepare(shape, weight, prepared);
        else if (GemmLanes256<float>.IsSupported)
            DirectPlans<GemmLanes256<float>, Vector256<float>>.Prepare(shape, weight, prepared);
        else
            DirectPlans<GemmLanes128<float>, Vector128<float>>.Prepare(shape, weight, prepared);
    }

    public static void Forward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared)
    {
        if (GemmLanes512<float>.IsSupported)
            DirectPlans<GemmLanes512<float>, Vector512<float>>.Forward(shape, input, weight, bias, output, prepared);
        else if (GemmLanes256<float>.IsSupported)
            DirectPlans<GemmLanes256<float>, Vector256<float>>.Forward(shape, input, weight, bias, output, prepared);
        else
            DirectPlans<GemmLanes128<float>, Vector128<float>>.Forward(shape, input, weight, bias, output, prepared);
    }

    public static bool TryInputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        if (shape.GroupInputChannels < FewestLanes || shape.GroupOutputChannels < 4)
            return false;
        if (GemmLanes512<float>.IsSupported)
            DirectPlans<GemmLanes512<float>, Vector512<float>>.InputGradient(shape, gradOutput, weight, gradInput);
        else if (GemmLanes256<float>.IsSupported)
            DirectPlans<GemmLanes256<float>, Vector256<float>>.InputGradient(shape, gradOutput, weight, gradInput);
        else
            DirectPlans<GemmLanes128<float>, Vector128<float>>.InputGradient(shape, gradOutput, weight, gradInput);
        return true;
    }

    public static bool TryWeightGradient(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        if (shape.GroupOutputChannels < FewestLanes)
            return false;
        if (GemmLanes512<float>.IsSupported)
            DirectWeightGradient<GemmLanes512<float>, Vector512<float>>.Run(shape, input, gradOutput, gradWeight);
        else if (GemmLanes256<float>.IsSupported)
            DirectWeightGradient<GemmLanes256<float>, Vector256<float>>.Run(shape, input, gradOutput, gradWeight);
        else
            DirectWeightGradient<GemmLanes128<float>, Vector128<float>>.Run(shape, input, gradOutput, gradWeight);
        return true;
    }
}
