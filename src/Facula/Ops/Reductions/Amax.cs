namespace Facula.Ops;

[TensorOp("amax")]
[NumpyNames]
internal static partial class Amax
{
    /// <summary>Returns the largest element over all dimensions or those in <paramref name="dim"/>; equal ones share the gradient.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false)
    {
        ulong mask = Reduce.Mask(input, dim, "amax");
        Reduce.RequireElements("amax", input, dim);
        return new(Reduce.Shape(input, mask, keepdim), input.DType, input.device);
    }

    static void CheckOut(Tensor input, Tensor @out) =>
        Check.That(input.DType == @out.DType, $"Expected the dtype for input and out to match, but got {input.DType.LegacyName} for input's dtype and {@out.DType.LegacyName} for out's dtype.");

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result) =>
        Reduce.Extreme("amax", true, input, Reduce.Mask(input, dim, "amax"), result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, Dims dim, bool keepdim) => Reduce.ShareAmongEqual(grad, input, result, dim, keepdim);
}
