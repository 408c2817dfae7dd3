namespace Facula.Ops;

[CompositeOp("zeros_like", Method = false)]
internal static partial class ZerosLike
{
    /// <summary>Zeros with the shape, and unless said otherwise the dtype and device, of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null)
    {
        Tensor result = new TensorSpec(input.SizesRef, dtype ?? input.DType, device ?? input.device).Zeros();
        return requires_grad ? result.requires_grad_() : result;
    }
}
