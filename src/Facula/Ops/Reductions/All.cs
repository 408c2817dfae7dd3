using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("all")]
[NumpyNames]
internal static partial class All
{
    /// <summary>Tests whether no element is zero, over all dimensions or <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false) =>
        new(Reduce.Shape(input, Reduce.Mask(input, dim, "all"), keepdim), input.DType == ScalarType.Byte ? ScalarType.Byte : ScalarType.Bool, input.device);

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result) =>
        Reduce.Fold<AllFold, byte, byte, byte>(default, input, Reduce.Mask(input, dim, "all"), result, ScalarType.Bool, ScalarType.Bool);
}
