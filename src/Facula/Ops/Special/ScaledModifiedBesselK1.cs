using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("scaled_modified_bessel_k1", In = "torch.special")]
internal static partial class ScaledModifiedBesselK1
{
    /// <summary>Returns the modified Bessel function of the second kind of order 1, scaled by eˣ.</summary>
    static TensorSpec Infer(Tensor x) => TensorSpec.FloatPointwise(x);

    static void Compute(Tensor x, Tensor result) => Elementwise.Float<ScaledModifiedBesselK1Kernel>(x, result);
}
