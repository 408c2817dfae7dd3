namespace Facula.Ops;

[CompositeOp("zeros_like", Method = false)]
internal static partial class ZerosLike
{
    /// <summary>Zeros with the shape, and unless said otherwise the dtype and device, of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        Factories.Like(input, 0, dtype, device, requires_grad, memory_format);
}

[CompositeOp("ones_like", Method = false)]
internal static partial class OnesLike
{
    /// <summary>Ones with the shape, and unless said otherwise the dtype and device, of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        Factories.Like(input, 1, dtype, device, requires_grad, memory_format);
}

[CompositeOp("empty_like", Method = false)]
internal static partial class EmptyLike
{
    /// <summary>Uninitialised memory with the shape, and unless said otherwise the dtype and device, of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null)
    {
        Tensor result = Factories.Like(input, dtype, device, memory_format);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}

[CompositeOp("full_like", Method = false)]
internal static partial class FullLike
{
    /// <summary>The shape, and unless said otherwise the dtype and device, of <paramref name="input"/>, filled with <paramref name="fill_value"/>.</summary>
    static Tensor Compose(Tensor input, Scalar fill_value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        Factories.Like(input, fill_value, dtype, device, requires_grad, memory_format);
}

[CompositeOp("new_zeros", Function = false)]
internal static partial class NewZeros
{
    /// <summary>Zeros of this tensor's dtype and device.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.Filled(size, 0, dtype ?? input.DType, device ?? input.device, requires_grad);
}

[CompositeOp("new_ones", Function = false)]
internal static partial class NewOnes
{
    /// <summary>Ones of this tensor's dtype and device.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.Filled(size, 1, dtype ?? input.DType, device ?? input.device, requires_grad);
}

[CompositeOp("new_empty", Function = false)]
internal static partial class NewEmpty
{
    /// <summary>Uninitialised memory of this tensor's dtype and device.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.Empty(size, dtype ?? input.DType, device ?? input.device, requires_grad);
}

[CompositeOp("new_full", Function = false)]
internal static partial class NewFull
{
    /// <summary>A tensor of this tensor's dtype and device, filled with <paramref name="fill_value"/>.</summary>
    static Tensor Compose(Tensor input, Size size, Scalar fill_value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.FilledChecked(size, fill_value, dtype ?? input.DType, device ?? input.device, requires_grad);
}

[CompositeOp("new_empty_strided", Function = false)]
internal static partial class NewEmptyStrided
{
    /// <summary>Uninitialised memory of this tensor's dtype and device with these strides.</summary>
    static Tensor Compose(Tensor input, Size size, Size stride, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        EmptyStrided.Call(size, stride, dtype ?? input.DType, device ?? input.device, requires_grad);
}
