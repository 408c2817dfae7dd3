using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("heaviside", InPlace = true, Node = "NotImplemented")]
internal static partial class Heaviside
{
    /// <summary>Returns 0 below zero, 1 above and <paramref name="values"/> at zero, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor values)
    {
        Check.That(!input.DType.is_complex && !values.DType.is_complex, $"heaviside is not yet implemented for complex tensors.");
        Check.That(input.DType == values.DType, $"heaviside is not yet implemented for tensors with different dtypes.");
        return TensorSpec.Broadcast(input, values);
    }

    static void Compute(Tensor input, Tensor values, Tensor result) => Elementwise.Real<HeavisideKernel>(input, values, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("heaviside");

    static Tensor GradValues(Tensor grad) => Derivatives.NotImplemented("heaviside");
}
