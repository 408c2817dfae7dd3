using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sign", InPlace = true)]
internal static partial class Sign
{
    /// <summary>Returns −1, 0 or 1 by the sign of each element.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(!input.DType.is_complex, $"Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.");
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType == ScalarType.Bool) Copying.Copy(input, result);
        else Elementwise.Real<SignKernel>(input, result);
    }

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
