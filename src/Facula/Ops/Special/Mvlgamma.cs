using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mvlgamma", InPlace = true)]
[Alias("torch.special.multigammaln", InPlace = false)]
internal static partial class Mvlgamma
{
    /// <summary>Returns the logarithm of the multivariate gamma function of dimension <paramref name="p"/>.</summary>
    static TensorSpec Infer(Tensor input, long p)
    {
        Check.That(p >= 1, $"p has to be greater than or equal to 1");
        return TensorSpec.FloatPointwise(input);
    }

    static void Compute(Tensor input, long p, Tensor result)
    {
        if (!Elementwise.MapFloat(new MultivariateLogGammaMap(p), input, result)) throw TypeSwitch.NotImplemented("mvlgamma", input.DType);
    }

    static Tensor GradInput(Tensor grad, Tensor input, long p)
    {
        Tensor slope = input.digamma();
        for (long j = 1; j < p; j++) slope = slope + (input - 0.5 * j).digamma();
        return grad * slope;
    }
}
