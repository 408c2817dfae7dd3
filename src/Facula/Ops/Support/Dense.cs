namespace Facula.Ops;

/// <summary>Operands of kernels that want row-major memory of one element type.</summary>
internal static class Dense
{
    /// <summary>The tensor itself, or a row-major copy in the dtype.</summary>
    internal static Tensor Of(Tensor tensor, ScalarType dtype) =>
        tensor.DType == dtype && tensor.IsContiguous ? tensor : Copying.Converted(tensor, dtype);

    /// <summary>The tensor, or a row-major copy in the dtype; null stays null.</summary>
    internal static Tensor? OrNull(Tensor? tensor, ScalarType dtype) => tensor is null ? null : Of(tensor, dtype);

    /// <summary>The result itself where a kernel can write it directly, else memory that is copied over it afterwards.</summary>
    internal static Tensor Target(Tensor result, ScalarType dtype) =>
        result.DType == dtype && result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, dtype, result.device);

    /// <summary>Copies a target over the result that it stood for.</summary>
    internal static void Finish(Tensor target, Tensor result)
    {
        if (!ReferenceEquals(target, result)) result.CopyRaw(target);
        GC.KeepAlive(target);
    }
}
