using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("gelu_backward", Public = false, Out = false)]
internal static partial class GeluBackward
{
    /// <summary>The gradient through the gelu.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, string approximate) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, string approximate, Tensor result)
    {
        if (approximate == "none") Elementwise.Body(default(GeluBackwardBody), gradOutput, input, result, "GeluBackwardKernelImpl");
        else Elementwise.Body(default(GeluTanhBackwardBody), gradOutput, input, result, "GeluBackwardKernelImpl");
    }

    static Tensor GradGradOutput(Tensor grad, Tensor input, string approximate) => Call(grad, input, approximate);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input, string approximate) => grad * gradOutput * Curvature(input, approximate);

    // (Φ + x·φ)′ = φ·(2 − x²), and for the approximation with u = β(x + κx³), t = tanh u:
    // (½(1 + t) + ½x(1 − t²)u′)′ = (1 − t²)(u′ + ½x·u″ − x·t·u′²).
    private static Tensor Curvature(Tensor input, string approximate)
    {
        Tensor square = input * input;
        if (approximate == "none") return (square * -0.5).exp() * (1 / Math.Sqrt(2 * Math.PI)) * (2 - square);
        const double beta = GeluTanhBody.Beta, kappa = GeluTanhBody.Kappa;
        Tensor tanh = (beta * (input + kappa * square * input)).tanh();
        Tensor slope = beta * (1 + 3 * kappa * square);
        return (1 - tanh * tanh) * (slope + 3 * beta * kappa * square - input * tanh * slope * slope);
    }
}
