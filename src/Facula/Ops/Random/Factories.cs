namespace Facula.Ops;

/// <summary>The options that every factory has.</summary>
internal static class FactoryOptions
{
    internal static Tensor Empty(in Size size, ScalarType? dtype, Device? device)
    {
        foreach (long extent in size.AsSpan())
            Check.That(extent >= 0, $"Trying to create tensor with negative dimension {extent}: {size.Brackets()}");
        return Tensor.Allocate(size, dtype ?? Defaults.DType, device);
    }

    internal static Tensor Finish(Tensor result, bool requires_grad) => requires_grad ? result.MadeToRequireGrad() : result;
}

[CompositeOp("rand", Method = false, Out = true)]
internal static partial class Rand
{
    /// <summary>Uniform numbers of [0, 1) in the shape <paramref name="size"/>.</summary>
    static Tensor Compose([Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Tensor result = FactoryOptions.Empty(size, dtype, device);
        return FactoryOptions.Finish(Filled(result, generator), requires_grad);
    }

    internal static Tensor Filled(Tensor result, Generator? generator)
    {
        if (!result.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("check_uniform_bounds", result.DType);
        return Draw.Raw(result, generator, new Draw.UniformDraw(0, 1));
    }
}

[CompositeOp("randn", Method = false, Out = true)]
internal static partial class Randn
{
    /// <summary>Standard normal numbers in the shape <paramref name="size"/>.</summary>
    static Tensor Compose([Variadic] Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Tensor result = FactoryOptions.Empty(size, dtype, device);
        return FactoryOptions.Finish(Filled(result, generator), requires_grad);
    }

    internal static Tensor Filled(Tensor result, Generator? generator)
    {
        if (!result.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("normal_kernel_cpu", result.DType);
        return Draw.Raw(result, generator, new Draw.NormalDraw(0, 1));
    }
}

[CompositeOp("randint", Method = false, Out = true)]
internal static partial class Randint
{
    /// <summary>Whole numbers of [low, high) in the shape <paramref name="size"/>; int64 unless said otherwise.</summary>
    static Tensor Compose(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Tensor result = FactoryOptions.Empty(size, dtype ?? ScalarType.Int64, device);
        return FactoryOptions.Finish(result.random_(low, high, generator), requires_grad);
    }
}

[CompositeOp("randint", Method = false, Out = true)]
internal static partial class RandintHigh
{
    /// <summary>Whole numbers of [0, high) in the shape <paramref name="size"/>; int64 unless said otherwise.</summary>
    static Tensor Compose(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Randint.Call(0, high, size, dtype, device, requires_grad, generator);
}

[CompositeOp("randperm", Method = false, Out = true)]
internal static partial class Randperm
{
    /// <summary>The numbers 0 … n − 1 in random order; int64 unless said otherwise.</summary>
    static Tensor Compose(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Check.That(n >= 0, $"n must be non-negative, got{n}");
        Tensor result = FactoryOptions.Empty([n], dtype ?? ScalarType.Int64, device);
        return FactoryOptions.Finish(Draw.Raw(result, generator, default(Draw.PermutationDraw)), requires_grad);
    }
}

[CompositeOp("rand_like", Method = false)]
internal static partial class RandLike
{
    /// <summary>Uniform numbers of [0, 1) in the shape, dtype and device of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        FactoryOptions.Finish(Rand.Filled(Factories.Like(input, dtype, device, memory_format), null), requires_grad);
}

[CompositeOp("randn_like", Method = false)]
internal static partial class RandnLike
{
    /// <summary>Standard normal numbers in the shape, dtype and device of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        FactoryOptions.Finish(Randn.Filled(Factories.Like(input, dtype, device, memory_format), null), requires_grad);
}

[CompositeOp("randint_like", Method = false)]
internal static partial class RandintLike
{
    /// <summary>Whole numbers of [low, high) in the shape, dtype and device of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        FactoryOptions.Finish(Factories.Like(input, dtype, device, memory_format).random_(low, high), requires_grad);
}

[CompositeOp("randint_like", Method = false)]
internal static partial class RandintLikeHigh
{
    /// <summary>Whole numbers of [0, high) in the shape, dtype and device of <paramref name="input"/>.</summary>
    static Tensor Compose(Tensor input, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, MemoryFormat? memory_format = null) =>
        RandintLike.Call(input, 0, high, dtype, device, requires_grad, memory_format);
}

[CompositeOp("normal", Method = false)]
internal static partial class NormalSize
{
    /// <summary>Normal numbers in the shape <paramref name="size"/>.</summary>
    static Tensor Compose(double mean, double std, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Tensor result = FactoryOptions.Empty(size, dtype, device);
        return FactoryOptions.Finish(result.normal_(mean, std, generator), requires_grad);
    }
}
