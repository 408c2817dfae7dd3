using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("isinf", Out = false)]
internal static partial class IsInf
{
    /// <summary>Tests each element for an infinity; a complex number is infinite when a part is.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor result) => Elementwise.Test<IsInfTest>(input, result);
}
