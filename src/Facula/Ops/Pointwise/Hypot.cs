using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hypot", InPlace = true)]
internal static partial class Hypot
{
    /// <summary>Returns √(input² + other²) without overflow, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<HypotKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => grad * (input / result);

    static Tensor GradOther(Tensor grad, Tensor other, Tensor result) => grad * (other / result);
}
