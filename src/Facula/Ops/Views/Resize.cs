namespace Facula.Ops;

[CompositeOp("resize_", Function = false)]
internal static partial class Resize
{
    /// <summary>Gives the tensor another shape in its own memory, which grows where needed; new elements are uninitialised.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size, MemoryFormat? memory_format = null)
    {
        Check.That(!input.NeedsGrad || !GradMode.Enabled, $"cannot resize variables that require grad");
        input.ResizeRaw(size);
        if (memory_format is { } format && format != torch.preserve_format && format.DenseStrides(input) is { } strides)
            input.SetGeometry(size, strides, input.Offset);
        return input;
    }
}

[CompositeOp("resize_as_", Function = false)]
internal static partial class ResizeAs
{
    /// <summary>Gives the tensor the shape of another in its own memory.</summary>
    static Tensor Compose(Tensor input, Tensor the_template, MemoryFormat? memory_format = null) => Resize.Call(input, the_template.SizesRef, memory_format);
}

[CompositeOp("set_", Function = false)]
internal static partial class Set
{
    /// <summary>Makes the tensor share memory and shape of another of the same dtype.</summary>
    static Tensor Compose(Tensor input, Tensor source)
    {
        input.TakeFrom(source);
        return input;
    }
}

[CompositeOp("set_", Function = false)]
internal static partial class SetGeometry
{
    /// <summary>Makes the tensor share the memory of another with the given geometry.</summary>
    static Tensor Compose(Tensor input, Tensor source, long storage_offset, Size size, Size stride = default)
    {
        input.TakeFrom(source);
        input.SetGeometry(size, stride.Rank == 0 ? size.ContiguousStrides() : stride, storage_offset);
        return input;
    }
}
