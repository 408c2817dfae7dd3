using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("erfcx", In = "torch.special")]
internal static partial class Erfcx
{
    /// <summary>Returns the scaled complementary error function e^(x²)·erfc(x).</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ErfcxKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => (2 * input * result - 2 / Math.Sqrt(Math.PI)) * grad;
}
