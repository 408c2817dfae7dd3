using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bessel_j0", In = "torch.special")]
internal static partial class BesselJ0
{
    /// <summary>Returns the Bessel function of the first kind of order 0.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<BesselJ0Kernel>(input, result);
}
