using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("expm1", InPlace = true)]
[Alias("torch.special.expm1", InPlace = false)]
internal static partial class Expm1
{
    /// <summary>Returns eˣ − 1 of each element, exact near zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<Expm1Kernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => grad * (result.conj() + 1);
}
