using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("frac", InPlace = true)]
internal static partial class Frac
{
    /// <summary>Returns the fraction of each element, with its sign.</summary>
    static TensorSpec Infer(Tensor input)
    {
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("frac", input.DType);
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<FracKernel>(input, result, PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad) => grad;
}
