using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("i1", In = "torch.special")]
internal static partial class I1
{
    /// <summary>Returns the modified Bessel function of the first kind of order 1.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<I1Kernel>(input, result);

    // (I₁)' = I₀ − I₁/x, which is 1/2 at zero.
    static Tensor GradInput(Tensor grad, Tensor input, Tensor result)
    {
        Tensor zero = input.abs() <= (input.dtype == ScalarType.Float64 ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1);
        Tensor safe = torch.where(zero, 1, input);
        return grad * torch.where(zero, 0.5, input.i0() - result / safe);
    }
}
