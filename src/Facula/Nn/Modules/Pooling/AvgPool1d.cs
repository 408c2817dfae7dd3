namespace Facula.Modules;

/// <summary>The average of each window of (N, C, L).</summary>
[Factory("torch.nn")]
public class AvgPool1d(Dims kernel_size, Dims stride = default, Dims padding = default, bool ceil_mode = false, bool count_include_pad = true) : nn.Module<Tensor, Tensor>
{
    private readonly long[] _kernel = PoolNumbers.Fill(kernel_size, 1, 0);
    private readonly long[] _stride = PoolNumbers.Fill(stride.IsNone ? kernel_size : stride, 1, 0);
    private readonly long[] _padding = PoolNumbers.Fill(padding, 1, 0);

    public override Tensor forward(Tensor input) => nn.functional.avg_pool1d(input, _kernel, _stride, _padding, ceil_mode, count_include_pad);

    public override string extra_repr() => $"kernel_size={PythonText.Tuple(_kernel)}, stride={PythonText.Tuple(_stride)}, padding={PythonText.Tuple(_padding)}";
}

/// <summary>Window numbers as the layers keep them.</summary>
internal static class PoolNumbers
{
    internal static long[] Fill(Dims value, int spatial, long filler) =>
        value.IsNone ? Enumerable.Repeat(filler, spatial).ToArray() : value.Count == 1 ? Enumerable.Repeat(value[0], spatial).ToArray() : value.ToArray();

    internal static Size Output(Dims value, int spatial) => new(Fill(value, spatial, -1));
}
