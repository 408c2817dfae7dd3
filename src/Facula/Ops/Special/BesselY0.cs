using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bessel_y0", In = "torch.special")]
internal static partial class BesselY0
{
    /// <summary>Returns the Bessel function of the second kind of order 0.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<BesselY0Kernel>(input, result);
}
