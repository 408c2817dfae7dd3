using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log10", InPlace = true)]
internal static partial class Log10
{
    /// <summary>Returns the logarithm to base 10 of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<Log10Kernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / (input.conj() * Math.Log(10));
}
