using System.Runtime.Intrinsics;
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
        if (!Elementwise.MapFloat(new PolygammaMap { N = n }, input, result)) throw TypeSwitch.NotImplemented("polygamma", input.DType);
    }

    static Tensor GradInput(Tensor grad, long n, Tensor input) => grad * Call(n + 1, input);

    private struct PolygammaMap : IMap<float, float>, IMap<double, double>
    {
        public long N;
        static bool IMap<float, float>.IsVectorized => false;
        static bool IMap<double, double>.IsVectorized => false;
        public readonly float Invoke(float x) => N == 1 ? SpecialFunctions.Trigamma(x) : (float)Invoke((double)x);
        public readonly double Invoke(double x) => N == 0 ? SpecialFunctions.Digamma(x) : N == 1 ? SpecialFunctions.Trigamma(x) : SpecialFunctions.Polygamma(N, x);
        public readonly Vector512<float> Invoke(Vector512<float> x) => throw new InvalidOperationException();
        public readonly Vector512<double> Invoke(Vector512<double> x) => throw new InvalidOperationException();
    }
}

[CompositeOp("polygamma", Function = false, InPlace = true)]
internal static partial class PolygammaMethod
{
    /// <summary>Returns the <paramref name="n"/>-th derivative of the digamma function.</summary>
    static Tensor Compose(Tensor input, long n) => Polygamma.Call(n, input);
}
