namespace Facula.Ops;

[CompositeOp("avg_pool3d", In = "torch.nn.functional", Out = true)]
[Alias("torch.avg_pool3d", Method = false)]
internal static partial class AvgPool3d
{
    /// <summary>The average of each window of (N, C, D, H, W).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims stride = default, Dims padding = default, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
    {
        Check.That(divisor_override is null or not 0, $"divisor must be not zero");
        return AvgPool.Call(input, PoolSettings.Create("avg_pool3d", 3, kernel_size, stride, padding, default, ceil_mode), count_include_pad, divisor_override ?? 0);
    }
}

[CompositeOp("adaptive_avg_pool3d", In = "torch.nn.functional")]
[Alias("torch.adaptive_avg_pool3d", Method = false)]
internal static partial class AdaptiveAvgPool3d
{
    /// <summary>The average of each of as many windows of (N, C, D, H, W) as the output has elements.</summary>
    static Tensor Compose(Tensor input, [Variadic] Dims output_size) =>
        AvgPool.Adaptive("adaptive_avg_pool3d", 3, input, output_size);
}
