using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("airy_ai", In = "torch.special")]
internal static partial class AiryAi
{
    /// <summary>Returns the Airy function Ai.</summary>
    static TensorSpec Infer(Tensor x) => TensorSpec.FloatPointwise(x);

    static void Compute(Tensor x, Tensor result) => Elementwise.Float<AiryAiKernel>(x, result);
}
