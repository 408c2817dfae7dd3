using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("exp", InPlace = true)]
internal static partial class Exp
{
    /// <summary>Returns e raised to the power of each element of <paramref name="input"/>.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<ExpKernel>(input, result);

    // (eˣ)' = eˣ, so the output is saved and the input is not.
    static Tensor GradInput(Tensor grad, Tensor result) => grad * result.conj();
}
