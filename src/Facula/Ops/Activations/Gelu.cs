using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("gelu", In = "torch.nn.functional")]
internal static partial class Gelu
{
    /// <summary>Returns x · Φ(x) of each element, Φ the normal distribution function; <paramref name="approximate"/> "tanh" takes its approximation.</summary>
    static TensorSpec Infer(Tensor input, string approximate = "none")
    {
        Check.That(approximate is "none" or "tanh", $"approximate argument must be either none or tanh.");
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, string approximate, Tensor result)
    {
        if (approximate == "none") Elementwise.Body(default(GeluBody), input, result, "GeluKernelImpl");
        else Elementwise.Body(default(GeluTanhBody), input, result, "GeluKernelImpl");
    }

    static Tensor GradInput(Tensor grad, Tensor input, string approximate) => GeluBackward.Call(grad, input, approximate);
}
