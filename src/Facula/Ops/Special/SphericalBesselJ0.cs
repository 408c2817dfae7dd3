using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("spherical_bessel_j0", In = "torch.special")]
internal static partial class SphericalBesselJ0
{
    /// <summary>Returns the spherical Bessel function of the first kind of order 0.</summary>
    static TensorSpec Infer(Tensor x) => TensorSpec.FloatPointwise(x);

    static void Compute(Tensor x, Tensor result) => Elementwise.Float<SphericalBesselJ0Kernel>(x, result);
}
