using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("entr", In = "torch.special")]
internal static partial class Entr
{
    /// <summary>Returns −x·ln x of each element, 0 at zero and −∞ below.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<EntrKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * -(1 + input.log());
}
