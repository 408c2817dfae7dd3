using Facula.Kernels;

namespace Facula.Ops;

/// <summary>What rounding ops share: integers are their own result.</summary>
internal static class Rounding
{
    internal static TensorSpec Infer(Tensor input, string op)
    {
        if (input.DType.is_complex || input.DType == ScalarType.Bool) throw TypeSwitch.NotImplemented(op, input.DType);
        return TensorSpec.Pointwise(input);
    }

    internal static void Compute<TKernel>(Tensor input, Tensor result) where TKernel : struct, IFloatUnary
    {
        if (input.DType.is_floating_point) Elementwise.Float<TKernel>(input, result, PointwiseGrain.Light);
        else Copying.Copy(input, result);
    }
}
