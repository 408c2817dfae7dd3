using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("isposinf")]
internal static partial class IsPosInf
{
    /// <summary>Tests each element for +∞.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(!input.DType.is_complex, $"isposinf does not support complex inputs.");
        return TensorSpec.Pointwise(input).As(ScalarType.Bool);
    }

    static void Compute(Tensor input, Tensor result) => Elementwise.Test<IsPosInfTest>(input, result);
}
