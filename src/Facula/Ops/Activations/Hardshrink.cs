using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardshrink")]
[Alias("torch.nn.functional.hardshrink")]
internal static partial class Hardshrink
{
    /// <summary>Returns x outside [−<paramref name="lambd"/>, lambd], 0 inside.</summary>
    static TensorSpec Infer(Tensor input, double lambd = 0.5) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, double lambd, Tensor result) => Elementwise.Body(new HardshrinkBody(lambd), input, result, "hardshrink_cpu", PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad, Tensor input, double lambd) => ShrinkBackward.Call(grad, input, lambd);
}
