using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("signbit")]
internal static partial class SignBit
{
    /// <summary>Tests whether each element's sign bit is set.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(!input.DType.is_complex, $"signbit is not implemented for complex tensors.");
        return TensorSpec.Pointwise(input).As(ScalarType.Bool);
    }

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_floating_point) Elementwise.Test<SignBitTest>(input, result);
        else if (input.DType == ScalarType.Bool) result.FillRaw(false);
        else Elementwise.Compare<LtKernel>(input, Tensor.FromNumber(0), result);
    }
}
