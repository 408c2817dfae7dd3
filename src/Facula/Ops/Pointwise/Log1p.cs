using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log1p", InPlace = true)]
[Alias("torch.special.log1p", InPlace = false)]
internal static partial class Log1p
{
    /// <summary>Returns ln(1 + x) of each element, exact near zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<Log1pKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / (input + 1).conj();
}
