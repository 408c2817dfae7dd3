using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("remainder", InPlace = true)]
internal static partial class Remainder
{
    /// <summary>Returns Python's remainder, which has the sign of <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        IntegerDivision.Require(spec, other, "remainder_cpu");
        return spec;
    }

    static string NodeName(Tensor other) => other.IsWrappedNumber ? "RemainderBackward0" : "RemainderBackward1";

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<RemainderKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => -grad * Div.Call(input, other, "floor");
}
