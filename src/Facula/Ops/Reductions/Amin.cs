namespace Facula.Ops;

[TensorOp("amin")]
[NumpyNames]
internal static partial class Amin
{
    /// <summary>Returns the smallest element over all dimensions or those in <paramref name="dim"/>; equal ones share the gradient.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool keepdim = false)
    {
        ulong mask = Reduce.Mask(input, dim, "amin");
        Reduce.RequireElements("amin", input, dim);
        return new(Reduce.Shape(input, mask, keepdim), input.DType, input.device);
    }

    static void CheckOut(Tensor input, Tensor @out) =>
        Check.That(input.DType == @out.DType, $"Expected the dtype for input and out to match, but got {input.DType.LegacyName} for input's dtype and {@out.DType.LegacyName} for out's dtype.");

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result) =>
        Reduce.Extreme("amin", false, input, Reduce.Mask(input, dim, "amin"), result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, Dims dim, bool keepdim) => Reduce.ShareAmongEqual(grad, input, result, dim, keepdim);
}
