using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sin", InPlace = true)]
internal static partial class Sin
{
    /// <summary>Returns the sine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SinKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * input.cos().conj();
}
