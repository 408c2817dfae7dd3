using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("polygamma", Method = false)]
[Alias("torch.special.polygamma")]
internal static partial class Polygamma
{
    /// <summary>Returns the <paramref name="n"/>-th derivative of the digamma function.</summary>
    static TensorSpec Infer(long n, Tensor input)
    {
        Check.That(n >= 0, $"polygamma(n, x) does not support negative n.");
        return TensorSpec.FloatPointwise(input);
    }

    static void Compute(long n, Tensor input, Tensor result)
    {
        if (!Elementwise.MapFloat(new PolygammaMap(n), input, result)) throw TypeSwitch.NotImplemented("polygamma", input.DType);
    }

    static Tensor GradInput(Tensor grad, long n, Tensor input) => grad * Call(n + 1, input);
}

[CompositeOp("polygamma", Function = false, InPlace = true)]
internal static partial class PolygammaMethod
{
    /// <summary>Returns the <paramref name="n"/>-th derivative of the digamma function.</summary>
    static Tensor Compose(Tensor input, long n) => Polygamma.Call(n, input);
}
