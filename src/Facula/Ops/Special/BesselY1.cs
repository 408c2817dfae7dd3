using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bessel_y1", In = "torch.special")]
internal static partial class BesselY1
{
    /// <summary>Returns the Bessel function of the second kind of order 1.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<BesselY1Kernel>(input, result);
}
