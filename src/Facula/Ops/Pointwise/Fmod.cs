using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fmod", InPlace = true)]
internal static partial class Fmod
{
    /// <summary>Returns C's remainder, which has the sign of <paramref name="input"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        IntegerDivision.Require(spec, other, "fmod_cpu");
        return spec;
    }

    static string NodeName(Tensor other) => other.IsWrappedNumber ? "FmodBackward0" : "FmodBackward1";

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<FmodKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => -grad * Div.Call(input, other, "trunc");
}
