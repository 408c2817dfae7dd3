using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bessel_j1", In = "torch.special")]
internal static partial class BesselJ1
{
    /// <summary>Returns the Bessel function of the first kind of order 1.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<BesselJ1Kernel>(input, result);
}
