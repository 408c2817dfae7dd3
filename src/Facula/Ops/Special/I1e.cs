using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("i1e", In = "torch.special")]
internal static partial class I1e
{
    /// <summary>Returns the modified Bessel function of order 1, scaled by e^(−|x|).</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<I1eKernel>(input, result);

    // The slope at zero is 1/2.
    static Tensor GradInput(Tensor grad, Tensor input, Tensor result)
    {
        Tensor zero = input.abs() <= (input.dtype == ScalarType.Float64 ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1);
        Tensor safe = torch.where(zero, 1, input);
        return grad * torch.where(zero, 0.5, torch.special.i0e(input) - result * (input.sgn() + 1 / safe));
    }
}
