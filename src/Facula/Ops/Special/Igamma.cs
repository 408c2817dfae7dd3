using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("igamma", InPlace = true)]
[Alias("torch.special.gammainc", InPlace = false)]
internal static partial class Igamma
{
    /// <summary>Returns the regularised lower incomplete gamma function, elementwise and broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<IgammaKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("igamma: input");

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad * ((input - 1) * other.log() - other - input.lgamma()).exp();
}
