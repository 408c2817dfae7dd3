using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("trunc", InPlace = true)]
[Alias("torch.fix")]
internal static partial class Trunc
{
    /// <summary>Returns each element without its fraction.</summary>
    static TensorSpec Infer(Tensor input) => Rounding.Infer(input, "trunc");

    static void Compute(Tensor input, Tensor result) => Rounding.Compute<TruncKernel>(input, result);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
