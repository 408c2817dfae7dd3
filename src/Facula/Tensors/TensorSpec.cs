namespace Facula;

/// <summary>Shape, dtype and device of a tensor that is about to be made: what an op's <c>Infer</c> answers.</summary>
/// <remarks>Of no more than four fields, so that the compiler keeps them in registers. See Note [Stores and loads].</remarks>
internal readonly struct TensorSpec(Size sizes, ScalarType dtype, Device? device = null)
{
    internal readonly Size Sizes = sizes;
    internal readonly ScalarType DType = dtype;
    internal readonly Device? Device = device;

    /// <summary>The strides where they are not row-major, else empty.</summary>
    internal Size Strides { get; private init; }

    internal Tensor Allocate() => Strides.Rank == 0 ? Tensor.Allocate(Sizes, DType, Device) : Tensor.Allocate(Sizes, Strides, DType, Device);

    internal TensorSpec As(ScalarType dtype) => new(Sizes, dtype, Device) { Strides = Strides };

    internal TensorSpec WithSizes(Size sizes) => new(sizes, DType, Device);

    internal TensorSpec WithStrides(Size? strides) => new(Sizes, DType, Device) { Strides = strides ?? default };

    /// <summary>Laid out in memory as pointwise functions of the operands are.</summary>
    internal static TensorSpec Pointwise(Size sizes, ScalarType dtype, Device device, params ReadOnlySpan<Tensor> operands) =>
        new(sizes, dtype, device) { Strides = PointwiseOrder.Strides(sizes, operands) };

    /// <summary>The shape and dtype of a tensor.</summary>
    internal static TensorSpec Like(Tensor tensor) => new(tensor.SizesRef, tensor.DType, tensor.device);

    /// <summary>What a node keeps of a tensor that its gradient is to be like: shape, dtype and, of a matrix whose columns lie one behind the other, the strides.</summary>
    internal static TensorSpec Saved(Tensor tensor) => new(tensor.SizesRef, tensor.DType, tensor.device) { Strides = IsColumnMajor(tensor) ? tensor.StridesRef : default };

    private static bool IsColumnMajor(Tensor tensor) => !tensor.IsContiguous && tensor.Rank == 2 && tensor.Strides[0] == 1 && tensor.Strides[1] == tensor.Sizes[0];

    /// <summary>The shape, dtype and order in memory of a tensor.</summary>
    internal static TensorSpec Pointwise(Tensor tensor) => Pointwise(tensor, tensor.DType);

    /// <summary>The same; integers and bool become the default float type.</summary>
    internal static TensorSpec FloatPointwise(Tensor tensor) => Pointwise(tensor, Promotion.ToFloat(tensor.DType));

    private static TensorSpec Pointwise(Tensor tensor, ScalarType dtype) =>
        tensor.IsContiguous ? new(tensor.SizesRef, dtype, tensor.device) : Pointwise(tensor.SizesRef, dtype, tensor.device, tensor);

    /// <summary>Broadcast shape, promoted dtype, the operands' order in memory.</summary>
    internal static TensorSpec Broadcast(Tensor input, Tensor other)
    {
        Size sizes = Broadcasting.Shape(input, other);
        ScalarType dtype = Promotion.ResultType(input, other);
        Device device = CommonDevice(input, other);
        return input.IsContiguous && other.IsContiguous ? new(sizes, dtype, device) : Pointwise(sizes, dtype, device, input, other);
    }

    /// <summary>Broadcast shape, promoted dtype; integers and bool become the default float type.</summary>
    internal static TensorSpec FloatBroadcast(Tensor input, Tensor other)
    {
        TensorSpec spec = Broadcast(input, other);
        return spec.As(Promotion.ToFloat(spec.DType));
    }

    internal static Device CommonDevice(Tensor input, Tensor other) => input.Rank == 0 ? other.device : input.device;

    internal Tensor Zeros()
    {
        Tensor result = Allocate();
        result.FillRaw(0);
        return result;
    }
}

/// <summary>The geometry of a view on its input's memory: what a view op's <c>Infer</c> answers.</summary>
internal readonly struct ViewSpec(Size sizes, Size strides, long offset, ScalarType? dtype = null, bool conjugate = false)
{
    internal readonly Size Sizes = sizes;
    internal readonly Size Strides = strides;
    internal readonly long Offset = offset;
    internal readonly ScalarType? DType = dtype;
    internal readonly bool Conjugate = conjugate;   // its elements are the conjugates of the input's
}

/// <summary>PyTorch's broadcasting of shapes.</summary>
internal static class Broadcasting
{
    internal static Size Shape(Tensor input, Tensor other) => Shape(input.SizesRef, other.SizesRef);

    internal static Size Shape(Size a, Size b)
    {
        if (b.Rank == 0 || a.Equals(b)) return a;
        if (a.Rank == 0) return b;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<long> sizes = stackalloc long[rank];
        for (int i = 1; i <= rank; i++)
        {
            long x = i <= a.Rank ? a[a.Rank - i] : 1;
            long y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1)
                throw new TorchException($"The size of tensor a ({x}) must match the size of tensor b ({y}) at non-singleton dimension {rank - i}");
            sizes[rank - i] = x == 1 ? y : x;
        }
        return new Size(sizes);
    }

    /// <summary>The tensor's strides seen in a broadcast shape: 0 where it is repeated.</summary>
    internal static void Strides(Tensor tensor, ReadOnlySpan<long> shape, Span<long> strides)
    {
        int lead = shape.Length - tensor.Rank;
        strides[..lead].Clear();
        for (int i = 0; i < tensor.Rank; i++)
            strides[lead + i] = tensor.Sizes[i] == 1 && shape[lead + i] != 1 ? 0 : tensor.Strides[i];
    }
}
