namespace Facula.Modules;

/// <summary>Adds patches (N, C · kernel, patches) up to (N, C, H, W).</summary>
[Factory("torch.nn")]
public class Fold(Dims output_size, Dims kernel_size, Dims dilation = default, Dims padding = default, Dims stride = default) : nn.Module<Tensor, Tensor>
{
    public Dims output_size { get; } = output_size;
    public Dims kernel_size { get; } = kernel_size;
    public Dims dilation { get; } = dilation.IsNone ? 1 : dilation;
    public Dims padding { get; } = padding.IsNone ? 0 : padding;
    public Dims stride { get; } = stride.IsNone ? 1 : stride;

    public override Tensor forward(Tensor input) => nn.functional.fold(input, output_size, kernel_size, dilation, padding, stride);

    public override string extra_repr() => $"output_size={output_size}, kernel_size={kernel_size}, dilation={dilation}, padding={padding}, stride={stride}";
}
