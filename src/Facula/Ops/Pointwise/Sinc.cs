using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sinc", InPlace = true)]
[Alias("torch.special.sinc", InPlace = false)]
internal static partial class Sinc
{
    /// <summary>Returns sin(πx) / (πx) of each element, 1 at zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SincKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input)
    {
        Tensor scaled = input * Math.PI;
        Tensor square = input * input * Math.PI;
        Tensor slope = grad * ((scaled * scaled.cos() - scaled.sin()) / square).conj();
        return torch.where(square == 0, 0, slope);
    }
}
