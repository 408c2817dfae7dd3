using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("any")]
[NumpyNames]
internal static partial class Any
{
    /// <summary>Tests whether any element is not zero, over all dimensions or <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false) =>
        new(Reduce.Shape(input, Reduce.Mask(input, dim, "any"), keepdim), input.DType == ScalarType.Byte ? ScalarType.Byte : ScalarType.Bool, input.device);

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result) =>
        Reduce.Fold<AnyFold, byte, byte, byte>(default, input, Reduce.Mask(input, dim, "any"), result, ScalarType.Bool, ScalarType.Bool);
}
