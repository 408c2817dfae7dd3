using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("igammac", InPlace = true)]
[Alias("torch.special.gammaincc", InPlace = false)]
internal static partial class Igammac
{
    /// <summary>Returns the regularised upper incomplete gamma function, elementwise and broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<IgammacKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("igammac: input");

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => -grad * ((input - 1) * other.log() - other - input.lgamma()).exp();
}
