using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("exp2", InPlace = true)]
[Alias("torch.special.exp2", InPlace = false)]
internal static partial class Exp2
{
    /// <summary>Returns two raised to the power of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<Exp2Kernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => grad * (result * Math.Log(2)).conj();
}
