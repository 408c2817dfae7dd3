namespace Facula.Modules;

/// <summary>The average of each window of (N, C, H, W).</summary>
[Factory("torch.nn")]
public class AvgPool2d(Dims kernel_size, Dims stride = default, Dims padding = default, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) : nn.Module<Tensor, Tensor>
{
    public Dims kernel_size { get; } = kernel_size;
    public Dims stride { get; } = stride.IsNone ? kernel_size : stride;
    public Dims padding { get; } = padding.IsNone ? 0 : padding;

    public override Tensor forward(Tensor input) => nn.functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

    public override string extra_repr() => $"kernel_size={kernel_size}, stride={stride}, padding={padding}";
}
