using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("isneginf")]
internal static partial class IsNegInf
{
    /// <summary>Tests each element for −∞.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(!input.DType.is_complex, $"isneginf does not support complex inputs.");
        return TensorSpec.Pointwise(input).As(ScalarType.Bool);
    }

    static void Compute(Tensor input, Tensor result) => Elementwise.Test<IsNegInfTest>(input, result);
}
