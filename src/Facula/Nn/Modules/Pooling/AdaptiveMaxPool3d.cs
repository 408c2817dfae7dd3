namespace Facula.Modules;

/// <summary>The largest element of each of as many windows of (N, C, D, H, W) as the output has elements; −1 keeps an extent.</summary>
[Factory("torch.nn")]
public class AdaptiveMaxPool3d(Dims output_size, bool return_indices = false) : nn.Module<Tensor, Tensor>
{
    public Dims output_size { get; } = output_size;

    public bool return_indices { get; } = return_indices;

    /// <summary>The largest elements and their indices within the input planes.</summary>
    public (Tensor output, Tensor indices) forward_with_indices(Tensor input) => nn.functional.adaptive_max_pool3d_with_indices(input, PoolNumbers.Output(output_size, 3));

    public override Tensor forward(Tensor input) => nn.functional.adaptive_max_pool3d(input, PoolNumbers.Output(output_size, 3));

    public override string extra_repr() => $"output_size={output_size.ToString().Replace("-1", "None")}";
}
