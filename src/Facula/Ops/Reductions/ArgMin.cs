namespace Facula.Ops;

[TensorOp("argmin")]
[NumpyNames]
internal static partial class ArgMin
{
    /// <summary>Returns the place of the first smallest element, of the flattened tensor or along <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor input, long? dim = null, bool keepdim = false)
    {
        ulong mask = Reduce.Mask(input, dim, "argmin");
        Reduce.RequireElements("argmin", input, dim, indexError: true);
        return new(Reduce.Shape(input, mask, keepdim), ScalarType.Int64, input.device);
    }

    static void Compute(Tensor input, long? dim, bool keepdim, Tensor result)
    {
        if (input.DType == ScalarType.Bool || input.DType.is_complex) throw TypeSwitch.NotImplemented("argmin_cpu", input.DType);
        if (dim is { } d) Reduce.ExtremeWithPlaces("argmin_cpu", false, input, Check.Dim(d, input.Rank), null, result);
        else Reduce.ExtremeWithPlaces("argmin_cpu", false, Reshape.Call(input.detach(), [input.Numel]), 0, null, result);
    }
}
