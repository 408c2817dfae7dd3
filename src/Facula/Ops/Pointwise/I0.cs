using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("i0", InPlace = true)]
[Alias("torch.special.i0", InPlace = false)]
internal static partial class I0
{
    /// <summary>Returns the modified Bessel function of the first kind of order 0 of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<I0Kernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * torch.special.i1(input);
}
