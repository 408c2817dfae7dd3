using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardtanh", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Hardtanh
{
    /// <summary>Brings each element into [<paramref name="min_val"/>, <paramref name="max_val"/>].</summary>
    static TensorSpec Infer(Tensor input, double min_val = -1.0, double max_val = 1.0) => RequireType(input, min_val, max_val);

    static void Compute(Tensor input, double min_val, double max_val, Tensor result) => Clamp.Into(input, min_val, max_val, result);

    static Tensor GradInput(Tensor grad, Tensor input, double min_val, double max_val) => HardtanhBackward.Call(grad, input, min_val, max_val);

    private static TensorSpec RequireType(Tensor input, double min, double max)
    {
        Check.That(input.DType != ScalarType.Bool, $"Bool inputs not supported for hardtanh");
        Check.That(input.DType != ScalarType.Byte || (min > -1 && max > -1), $"cannot do hardtanh on an unsigned type with negative limits");
        bool whole = input.DType.IsIntegral;
        NumberRange.Require(whole ? Math.Truncate(min) : min, input.DType);
        NumberRange.Require(whole ? Math.Truncate(max) : max, input.DType);
        return TensorSpec.Pointwise(input);
    }
}

[CompositeOp("hardtanh", In = "torch.nn.functional")]
internal static partial class HardtanhFunction
{
    /// <summary>Brings each element into [<paramref name="min_val"/>, <paramref name="max_val"/>]; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double min_val = -1.0, double max_val = 1.0, bool inplace = false) => inplace ? Hardtanh.CallInPlace(input, min_val, max_val) : Hardtanh.Call(input, min_val, max_val);
}

[CompositeOp("hardtanh_", In = "torch.nn.functional")]
internal static partial class HardtanhInPlaceFunction
{
    /// <summary>Brings each element into [<paramref name="min_val"/>, <paramref name="max_val"/>], in the input's memory.</summary>
    static Tensor Compose(Tensor input, double min_val = -1.0, double max_val = 1.0) => Hardtanh.CallInPlace(input, min_val, max_val);
}

[CompositeOp("relu6", In = "torch.nn.functional")]
internal static partial class Relu6Function
{
    /// <summary>Returns min(max(x, 0), 6) of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Hardtanh.CallInPlace(input, 0, 6) : Hardtanh.Call(input, 0, 6);
}
