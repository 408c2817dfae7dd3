using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("rad2deg", InPlace = true)]
internal static partial class Rad2deg
{
    /// <summary>Returns each element turned from radians into degrees.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<Rad2degKernel>(input, result);

    static Tensor GradInput(Tensor grad) => grad * (180 / Math.PI);
}
