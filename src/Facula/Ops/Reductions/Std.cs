namespace Facula.Ops;

[TensorOp("std")]
[NumpyNames]
internal static partial class Std
{
    /// <summary>Returns the standard deviation, over all dimensions or those in <paramref name="dim"/>: √(Σ (x − mean)² / (n − <paramref name="correction"/>)); unbiased means 1, otherwise 0.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool? unbiased = null, bool keepdim = false, double? correction = null) => Spread.Infer("std", input, dim, keepdim);

    static void Compute(Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction, Tensor result) =>
        Spread.Compute(input, dim, Spread.Correction(unbiased, correction), true, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, Dims dim, bool? unbiased, bool keepdim, double? correction) =>
        Spread.Gradient(Spread.OfRoot(grad, result), input, dim, keepdim, Spread.Correction(unbiased, correction));
}

[CompositeOp("std", Out = true)]
internal static partial class StdAll
{
    /// <summary>Returns the standard deviation of all elements; with <paramref name="unbiased"/> the divisor is n − 1.</summary>
    static Tensor Compose(Tensor input, bool unbiased) => Std.Call(input, default, unbiased);
}
