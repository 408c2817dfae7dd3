using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("modified_bessel_i1", In = "torch.special")]
internal static partial class ModifiedBesselI1
{
    /// <summary>Returns the modified Bessel function of the first kind of order 1.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ModifiedBesselI1Kernel>(input, result);
}
