using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("ceil", InPlace = true)]
internal static partial class Ceil
{
    /// <summary>Returns the least integer that is not below each element.</summary>
    static TensorSpec Infer(Tensor input) => Rounding.Infer(input, "ceil");

    static void Compute(Tensor input, Tensor result) => Rounding.Compute<CeilKernel>(input, result);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
