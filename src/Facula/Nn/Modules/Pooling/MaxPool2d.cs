namespace Facula.Modules;

/// <summary>The largest element of each window of (N, C, H, W).</summary>
[Factory("torch.nn")]
public class MaxPool2d(Dims kernel_size, Dims stride = default, Dims padding = default, Dims dilation = default, bool return_indices = false, bool ceil_mode = false) : nn.Module<Tensor, Tensor>
{
    public Dims kernel_size { get; } = kernel_size;
    public Dims stride { get; } = stride.IsNone ? kernel_size : stride;
    public Dims padding { get; } = padding.IsNone ? 0 : padding;
    public Dims dilation { get; } = dilation.IsNone ? 1 : dilation;
    public bool return_indices { get; } = return_indices;
    public bool ceil_mode { get; } = ceil_mode;

    public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The largest elements and their indices within the input planes, for <see cref="MaxUnpool2d"/>.</summary>
    public (Tensor output, Tensor indices) forward_with_indices(Tensor input) =>
        nn.functional.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);

    public override string extra_repr() => $"kernel_size={kernel_size}, stride={stride}, padding={padding}, dilation={dilation}, ceil_mode={PythonText.Of(ceil_mode)}";
}
