using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("scaled_modified_bessel_k0", In = "torch.special")]
internal static partial class ScaledModifiedBesselK0
{
    /// <summary>Returns the modified Bessel function of the second kind of order 0, scaled by eˣ.</summary>
    static TensorSpec Infer(Tensor x) => TensorSpec.FloatPointwise(x);

    static void Compute(Tensor x, Tensor result) => Elementwise.Float<ScaledModifiedBesselK0Kernel>(x, result);
}
