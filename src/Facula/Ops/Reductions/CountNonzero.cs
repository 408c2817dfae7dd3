using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("count_nonzero", Out = false)]
internal static partial class CountNonzero
{
    /// <summary>Counts the elements that are not zero, over all dimensions or those in <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default) =>
        new(Reduce.Shape(input, Reduce.Mask(input, dim, "count_nonzero"), false), ScalarType.Int64, input.device);

    static void Compute(Tensor input, Dims dim, Tensor result) =>
        Reduce.Fold<CountNonzeroFold<byte>, byte, long, long>(default, input, Reduce.Mask(input, dim, "count_nonzero"), result, ScalarType.Bool, ScalarType.Int64);
}
