using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("modified_bessel_i0", In = "torch.special")]
internal static partial class ModifiedBesselI0
{
    /// <summary>Returns the modified Bessel function of the first kind of order 0.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ModifiedBesselI0Kernel>(input, result);
}
