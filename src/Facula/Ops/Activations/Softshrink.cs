using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("softshrink", In = "torch.nn.functional")]
internal static partial class Softshrink
{
    /// <summary>Returns x moved towards zero by <paramref name="lambd"/>, 0 within.</summary>
    static TensorSpec Infer(Tensor input, double lambd = 0.5) => RequireDistance(input, lambd);

    static void Compute(Tensor input, double lambd, Tensor result) => Elementwise.Body(new SoftshrinkBody(lambd), input, result, "softshrink_cpu", PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad, Tensor input, double lambd) => ShrinkBackward.Call(grad, input, lambd);

    private static TensorSpec RequireDistance(Tensor input, double lambd)
    {
        Check.That(lambd >= 0, $"lambda must be greater or equal to 0, but found to be {lambd}.");
        return TensorSpec.Pointwise(input);
    }
}
