using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("isnan", Out = false)]
internal static partial class IsNaN
{
    /// <summary>Tests each element for NaN; a complex number is NaN when a part is.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor result) => Elementwise.Test<IsNaNTest>(input, result);
}
