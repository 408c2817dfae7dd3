namespace Facula.Modules;

/// <summary>What fractional max poolings share: settings and their checks.</summary>
public abstract class FractionalMaxPoolLayer : nn.Module<Tensor, Tensor>
{
    private protected FractionalMaxPoolLayer(Dims kernel_size, Dims output_size, ScaleFactor? output_ratio, bool return_indices, Tensor? _random_samples)
    {
        this.kernel_size = kernel_size;
        this.output_size = output_size;
        this.output_ratio = output_ratio;
        this.return_indices = return_indices;
        RandomSamples = _random_samples;
        if (output_size.IsNone && output_ratio is null) throw new ArgumentException($"{GetName()} requires specifying either an output size, or a pooling ratio");
        if (!output_size.IsNone && output_ratio is not null) throw new ArgumentException("only one of output_size and output_ratio may be specified");
        if (output_ratio is { } ratio && ratio.Any(r => r is <= 0 or >= 1)) throw new ArgumentException($"output_ratio must be between 0 and 1 (got {ratio})");
    }

    public Dims kernel_size { get; }
    public Dims output_size { get; }
    public ScaleFactor? output_ratio { get; }
    public bool return_indices { get; }

    private protected Tensor? RandomSamples { get; }
}

/// <summary>The largest element of each of the randomly placed windows of (N, C, H, W).</summary>
[Factory("torch.nn")]
public class FractionalMaxPool2d(Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, bool return_indices = false, Tensor? _random_samples = null)
    : FractionalMaxPoolLayer(kernel_size, output_size, output_ratio, return_indices, _random_samples)
{
    public override Tensor forward(Tensor input) => nn.functional.fractional_max_pool2d(input, kernel_size, output_size, output_ratio, RandomSamples);

    /// <summary>The largest elements and their indices within the input planes.</summary>
    public (Tensor output, Tensor indices) forward_with_indices(Tensor input) =>
        nn.functional.fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio, RandomSamples);
}

/// <summary>The largest element of each of the randomly placed windows of (N, C, D, H, W).</summary>
[Factory("torch.nn")]
public class FractionalMaxPool3d(Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, bool return_indices = false, Tensor? _random_samples = null)
    : FractionalMaxPoolLayer(kernel_size, output_size, output_ratio, return_indices, _random_samples)
{
    public override Tensor forward(Tensor input) => nn.functional.fractional_max_pool3d(input, kernel_size, output_size, output_ratio, RandomSamples);

    /// <summary>The largest elements and their indices within the input planes.</summary>
    public (Tensor output, Tensor indices) forward_with_indices(Tensor input) =>
        nn.functional.fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio, RandomSamples);
}
