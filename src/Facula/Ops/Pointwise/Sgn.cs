using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sgn", InPlace = true)]
internal static partial class Sgn
{
    /// <summary>Returns the sign of each element; for complex numbers z / |z|, 0 at zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Elementwise.OfComplex<SgnMap>(input, result);
        else if (input.DType == ScalarType.Bool) Copying.Copy(input, result);
        else Elementwise.Real<SignKernel>(input, result);
    }

    // The part of the gradient along z itself does not change the direction of z.
    static Tensor GradInput(Tensor grad, Tensor input, Tensor result)
    {
        if (!input.is_complex()) return Derivatives.Zeros(grad);
        Tensor size = input.abs();
        return torch.where(size == 0, 0, (grad - torch.real(result * grad.conj()) * result) / size);
    }
}
