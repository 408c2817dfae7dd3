using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("asinh", InPlace = true)]
[Alias("torch.arcsinh")]
internal static partial class Asinh
{
    /// <summary>Returns the inverse hyperbolic sine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AsinhKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * (input * input + 1).rsqrt().conj();
}
