using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("floor_divide", InPlace = true, Node = "NotImplemented")]
internal static partial class FloorDivide
{
    /// <summary>Divides <paramref name="input"/> by <paramref name="other"/> and rounds towards −∞, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        IntegerDivision.Require(spec, other, "div_floor_cpu");
        return spec;
    }

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<DivFloorKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("floor_divide");

    static Tensor GradOther(Tensor grad) => Derivatives.NotImplemented("floor_divide");
}
