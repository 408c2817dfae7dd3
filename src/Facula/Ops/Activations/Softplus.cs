using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("softplus", In = "torch.nn.functional")]
internal static partial class SoftplusOp
{
    /// <summary>Returns ln(1 + e^(βx)) / β, x itself where βx is above <paramref name="threshold"/>.</summary>
    static TensorSpec Infer(Tensor input, double beta = 1, double threshold = 20) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, double beta, double threshold, Tensor result) => Elementwise.Body(new SoftplusBody(beta, threshold), input, result, "softplus_cpu");

    static Tensor GradInput(Tensor grad, Tensor input, double beta, double threshold) => SoftplusBackward.Call(grad, input, beta, threshold);
}
