using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log_ndtr", In = "torch.special")]
internal static partial class LogNdtr
{
    /// <summary>Returns the logarithm of the normal distribution function.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<LogNdtrKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => grad / result.exp() * (-(input * input) / 2).exp() / Math.Sqrt(2 * Math.PI);
}
