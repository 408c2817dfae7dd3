namespace Facula.Ops;

[CompositeOp("max_pool1d_with_indices", In = "torch.nn.functional")]
[Alias("torch.max_pool1d_with_indices", Method = false)]
internal static partial class MaxPool1dWithIndices
{
    /// <summary>The largest element of each window of (N, C, L), and its index within the input plane.</summary>
    static (Tensor output, Tensor indices) Compose(Tensor input, Dims kernel_size, Dims stride = default, Dims padding = default, Dims dilation = default, bool ceil_mode = false) =>
        MaxPool.Call(input, PoolSettings.Create("max_pool1d", 1, kernel_size, stride, padding, dilation, ceil_mode), PoolPlaces.Int64);
}

[CompositeOp("max_pool1d", In = "torch.nn.functional")]
[Alias("torch.max_pool1d", Method = false)]
internal static partial class MaxPool1d
{
    /// <summary>The largest element of each window of (N, C, L).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims stride = default, Dims padding = default, Dims dilation = default, bool ceil_mode = false)
    {
        PoolSettings.CheckLine(input, kernel_size, stride, padding, dilation);
        if (PoolSettings.IsEmptyLine(input, kernel_size, stride, padding, dilation, ceil_mode))
            return Tensor.Allocate(input.SizesRef.With(input.Rank - 1, 0), input.DType, input.device);
        return MaxPool.Values(input, PoolSettings.Create("max_pool1d", 1, kernel_size, stride, padding, dilation, ceil_mode));
    }
}

[CompositeOp("adaptive_max_pool1d_with_indices", In = "torch.nn.functional")]
internal static partial class AdaptiveMaxPool1dWithIndices
{
    /// <summary>The largest element of each of as many windows of (N, C, L) as the output has elements, and its index.</summary>
    static (Tensor output, Tensor indices) Compose(Tensor input, Dims output_size) =>
        MaxPool.Call(input, PoolSettings.CreateAdaptive("adaptive_max_pool1d", 1, input, output_size), PoolPlaces.Int64);
}

[CompositeOp("adaptive_max_pool1d", In = "torch.nn.functional")]
[Alias("torch.adaptive_max_pool1d", Method = false)]
internal static partial class AdaptiveMaxPool1d
{
    /// <summary>The largest element of each of as many windows of (N, C, L) as the output has elements.</summary>
    static Tensor Compose(Tensor input, [Variadic] Dims output_size) => MaxPool.Values(input, PoolSettings.CreateAdaptive("adaptive_max_pool1d", 1, input, output_size));
}
