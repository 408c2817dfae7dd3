using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("abs", InPlace = true)]
[Alias("torch.absolute")]
internal static partial class Abs
{
    /// <summary>Returns the absolute value of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(input.DType.ToReal());

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Elementwise.RealOfComplex<MagnitudeOfParts>(input, result);
        else Elementwise.Real<AbsKernel>(input, result);
    }

    static Tensor GradInput(Tensor grad, Tensor input) => grad * input.sgn();
}
