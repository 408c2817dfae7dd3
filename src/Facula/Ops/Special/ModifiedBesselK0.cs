using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("modified_bessel_k0", In = "torch.special")]
internal static partial class ModifiedBesselK0
{
    /// <summary>Returns the modified Bessel function of the second kind of order 0.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ModifiedBesselK0Kernel>(input, result);
}
