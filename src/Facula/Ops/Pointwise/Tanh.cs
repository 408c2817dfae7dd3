using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("tanh", InPlace = true)]
[Alias("torch.nn.functional.tanh", InPlace = false)]
internal static partial class Tanh
{
    /// <summary>Returns the hyperbolic tangent of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<TanhKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => TanhBackward.Call(grad, result);
}
