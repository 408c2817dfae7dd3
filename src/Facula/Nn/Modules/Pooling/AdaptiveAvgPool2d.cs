namespace Facula.Modules;

/// <summary>The average of each of as many windows of (N, C, H, W) as the output has elements; −1 keeps an extent.</summary>
[Factory("torch.nn")]
public class AdaptiveAvgPool2d(Dims output_size) : nn.Module<Tensor, Tensor>
{
    public Dims output_size { get; } = output_size;

    public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, PoolNumbers.Output(output_size, 2));

    public override string extra_repr() => $"output_size={output_size.ToString().Replace("-1", "None")}";
}
