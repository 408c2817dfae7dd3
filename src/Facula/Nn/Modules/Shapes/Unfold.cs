namespace Facula.Modules;

/// <summary>The sliding patches of (N, C, H, W) as columns (N, C · kernel, patches).</summary>
[Factory("torch.nn")]
public class Unfold(Dims kernel_size, Dims dilation = default, Dims padding = default, Dims stride = default) : nn.Module<Tensor, Tensor>
{
    public Dims kernel_size { get; } = kernel_size;
    public Dims dilation { get; } = dilation.IsNone ? 1 : dilation;
    public Dims padding { get; } = padding.IsNone ? 0 : padding;
    public Dims stride { get; } = stride.IsNone ? 1 : stride;

    public override Tensor forward(Tensor input) => nn.functional.unfold(input, kernel_size, dilation, padding, stride);

    public override string extra_repr() => $"kernel_size={kernel_size}, dilation={dilation}, padding={padding}, stride={stride}";
}
