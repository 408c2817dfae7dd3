using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("threshold", Method = false, InPlace = true)]
internal static partial class Threshold
{
    /// <summary>Returns x above <paramref name="threshold"/> and <paramref name="value"/> elsewhere.</summary>
    static TensorSpec Infer(Tensor input, double threshold, double value)
    {
        NumberRange.Require(threshold, input.DType);
        NumberRange.Require(value, input.DType);
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, double threshold, double value, Tensor result) => Run(input, threshold, value, result);

    static Tensor GradInput(Tensor grad, Tensor input, double threshold) => ThresholdBackward.Call(grad, input, threshold);

    private static void Run(Tensor input, double threshold, double value, Tensor result)
    {
        if (input.DType.is_floating_point) Elementwise.Body(new ThresholdBody(threshold, value), input, result, "threshold_cpu", PointwiseGrain.Light);
        else Elementwise.Map<ThresholdIntegerMap, long, long>(new ThresholdIntegerMap((long)threshold, (long)value), input, result, ScalarType.Int64, ScalarType.Int64);
    }
}

[CompositeOp("threshold", In = "torch.nn.functional")]
internal static partial class ThresholdFunction
{
    /// <summary>Returns x above <paramref name="threshold"/> and <paramref name="value"/> elsewhere; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double threshold, double value, bool inplace = false) => inplace ? Threshold.CallInPlace(input, threshold, value) : Threshold.Call(input, threshold, value);
}

[CompositeOp("threshold_", In = "torch.nn.functional")]
internal static partial class ThresholdInPlaceFunction
{
    /// <summary>Returns x above <paramref name="threshold"/> and <paramref name="value"/> elsewhere, in the input's memory.</summary>
    static Tensor Compose(Tensor input, double threshold, double value) => Threshold.CallInPlace(input, threshold, value);
}
