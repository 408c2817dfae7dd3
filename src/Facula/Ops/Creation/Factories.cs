namespace Facula.Ops;

/// <summary>What the factories share.</summary>
internal static class Factories
{
    internal static Tensor Filled(in Size size, Scalar value, ScalarType dtype, Device? device, bool requires_grad)
    {
        Tensor result = Empty(size, dtype, device, false);
        result.FillRaw(value);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>Filled with a caller's number, which the dtype must be able to hold.</summary>
    internal static Tensor FilledChecked(in Size size, Scalar value, ScalarType dtype, Device? device, bool requires_grad)
    {
        NumberRange.Require(value, dtype);
        return Filled(size, value, dtype, device, requires_grad);
    }

    internal static Tensor Empty(in Size size, ScalarType dtype, Device? device, bool requires_grad)
    {
        for (int i = 0; i < size.Rank; i++)
            Check.That(size[i] >= 0, $"Trying to create tensor with negative dimension {size[i]}: {size.Brackets()}");
        Tensor result = Tensor.Allocate(size, dtype, device);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>Uninitialised memory of the input's shape; keeps its order of dimensions unless another format is asked for.</summary>
    internal static Tensor Like(Tensor input, ScalarType? dtype, Device? device, MemoryFormat? memory_format)
    {
        MemoryFormat format = memory_format ?? torch.preserve_format;
        return format.DenseStrides(input) is { } strides
            ? Tensor.Allocate(input.SizesRef, strides, dtype ?? input.DType, device ?? input.device)
            : Tensor.Allocate(input.SizesRef, dtype ?? input.DType, device ?? input.device);
    }

    internal static Tensor Like(Tensor input, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, MemoryFormat? memory_format)
    {
        NumberRange.Require(value, dtype ?? input.DType);
        Tensor result = Like(input, dtype, device, memory_format);
        result.FillRaw(value);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>The dtype of a factory whose numbers decide: the default float type, complex when one of them is.</summary>
    internal static ScalarType FloatType(ScalarType? dtype, params ReadOnlySpan<Scalar> numbers)
    {
        if (dtype is { } given) return given;
        foreach (Scalar number in numbers)
            if (number.IsComplex) return Defaults.DType.ToComplex();
        return Defaults.DType;
    }
}

[CompositeOp("zeros", Method = false, Out = true)]
internal static partial class Zeros
{
    /// <summary>A tensor of zeros.</summary>
    static Tensor Compose([Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.Filled(size, 0, dtype ?? Defaults.DType, device, requires_grad);
}

[CompositeOp("ones", Method = false, Out = true)]
internal static partial class Ones
{
    /// <summary>A tensor of ones.</summary>
    static Tensor Compose([Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.Filled(size, 1, dtype ?? Defaults.DType, device, requires_grad);
}

[CompositeOp("empty", Method = false, Out = true)]
internal static partial class Empty
{
    /// <summary>A tensor of uninitialised memory.</summary>
    static Tensor Compose([Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null)
    {
        Tensor result = Factories.Empty(size, dtype ?? Defaults.DType, device, false);
        if ((memory_format ?? torch.contiguous_format).DenseStrides(result) is { } strides) result.SetGeometry(size, strides, 0);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}

[CompositeOp("full", Method = false, Out = true)]
internal static partial class Full
{
    /// <summary>A tensor filled with <paramref name="fill_value"/>, of its dtype (bool, int64, default float or complex) unless said otherwise.</summary>
    static Tensor Compose(Size size, Scalar fill_value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.FilledChecked(size, fill_value, dtype ?? Natural(fill_value), device, requires_grad);

    internal static ScalarType Natural(Scalar number) =>
        number.IsFloat ? Defaults.DType : number.IsComplex ? Defaults.DType.ToComplex() : number.Type;
}

[CompositeOp("scalar_tensor", Method = false)]
internal static partial class ScalarTensor
{
    /// <summary>A 0-dim tensor of the number, in the default float type unless said otherwise.</summary>
    static Tensor Compose(Scalar s, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factories.FilledChecked(default, s, dtype ?? Factories.FloatType(null, s), device, requires_grad);
}

[CompositeOp("empty_strided", Method = false)]
internal static partial class EmptyStrided
{
    /// <summary>Uninitialised memory with these strides.</summary>
    static Tensor Compose(Size size, Size stride, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Check.That(size.Rank == stride.Rank, $"dimensionality of sizes ({size.Rank}) must match dimensionality of strides ({stride.Rank})");
        Tensor result = Tensor.Allocate(size, stride, dtype ?? Defaults.DType, device);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}
