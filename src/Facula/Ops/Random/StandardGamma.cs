using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("_standard_gamma", Public = false)]
internal static partial class StandardGamma
{
    /// <summary>Draws gamma variates of scale one and the shapes in <paramref name="input"/>; gradients flow by implicit reparameterisation.</summary>
    static TensorSpec Infer(Tensor input, Generator? generator = null) => TensorSpec.Like(input);

    static void Compute(Tensor input, Generator? generator, Tensor result) => PerElement.Fill<Rows>(generator, result, input);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => grad * StandardGammaGrad.Call(input, result);

    private readonly struct Rows : PerElement.IRows
    {
        public unsafe void Fill<T>(RandomStream stream, T* first, T* second, T* destination, long count) where T : unmanaged =>
            RandomFill.Gamma(stream, first, destination, count);
    }
}

[TensorOp("_standard_gamma_grad", Public = false)]
internal static partial class StandardGammaGrad
{
    /// <summary>How a gamma variate of scale one moves with its shape.</summary>
    static TensorSpec Infer(Tensor input, Tensor output) => TensorSpec.Broadcast(input, output);

    static void Compute(Tensor input, Tensor output, Tensor result) => Elementwise.Float<StandardGammaGradKernel>(input, output, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("_standard_gamma_grad");

    static Tensor GradOutput(Tensor grad) => Derivatives.NotImplemented("_standard_gamma_grad");
}
