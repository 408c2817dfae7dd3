using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log2", InPlace = true)]
internal static partial class Log2
{
    /// <summary>Returns the logarithm to base 2 of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<Log2Kernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / (input.conj() * Math.Log(2));
}
