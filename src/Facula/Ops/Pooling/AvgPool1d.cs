namespace Facula.Ops;

[CompositeOp("avg_pool1d", In = "torch.nn.functional")]
[Alias("torch.avg_pool1d", Method = false)]
internal static partial class AvgPool1d
{
    /// <summary>The average of each window of (N, C, L).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims stride = default, Dims padding = default, bool ceil_mode = false, bool count_include_pad = true)
    {
        return AvgPool.Call(input, PoolSettings.Create("avg_pool1d", 1, kernel_size, stride, padding, default, ceil_mode), count_include_pad, 0);
    }
}

[CompositeOp("adaptive_avg_pool1d", In = "torch.nn.functional")]
[Alias("torch.adaptive_avg_pool1d", Method = false)]
internal static partial class AdaptiveAvgPool1d
{
    /// <summary>The average of each of as many windows of (N, C, L) as the output has elements.</summary>
    static Tensor Compose(Tensor input, [Variadic] Dims output_size) =>
        AvgPool.Adaptive("adaptive_avg_pool1d", 1, input, output_size);
}
