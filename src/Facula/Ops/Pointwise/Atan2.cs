using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("atan2", InPlace = true)]
[Alias("torch.arctan2")]
internal static partial class Atan2
{
    /// <summary>Returns the angle of the point (<paramref name="other"/>, <paramref name="input"/>) with the positive x axis, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<Atan2Kernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => grad * other * Inverse(input, other);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad * -input * Inverse(input, other);

    private static Tensor Inverse(Tensor input, Tensor other) => (input * input + other * other).reciprocal();
}
