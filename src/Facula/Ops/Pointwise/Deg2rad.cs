using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("deg2rad", InPlace = true)]
internal static partial class Deg2rad
{
    /// <summary>Returns each element turned from degrees into radians.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<Deg2radKernel>(input, result);

    static Tensor GradInput(Tensor grad) => grad * (Math.PI / 180);
}
