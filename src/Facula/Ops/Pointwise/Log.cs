using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log", InPlace = true)]
internal static partial class Log
{
    /// <summary>Returns the natural logarithm of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<LogKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / input.conj();
}
