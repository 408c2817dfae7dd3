using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("floor", InPlace = true)]
internal static partial class Floor
{
    /// <summary>Returns the greatest integer that is not above each element.</summary>
    static TensorSpec Infer(Tensor input) => Rounding.Infer(input, "floor");

    static void Compute(Tensor input, Tensor result) => Rounding.Compute<FloorKernel>(input, result);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
