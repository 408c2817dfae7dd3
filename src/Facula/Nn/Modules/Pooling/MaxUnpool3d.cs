namespace Facula.Modules;

/// <summary>Puts elements back where max pooling found them, zeros elsewhere.</summary>
[Factory("torch.nn")]
public class MaxUnpool3d(Dims kernel_size, Dims stride = default, Dims padding = default) : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly long[] _kernel = PoolNumbers.Fill(kernel_size, 3, 0);
    private readonly long[] _stride = PoolNumbers.Fill(stride.IsNone ? kernel_size : stride, 3, 0);
    private readonly long[] _padding = PoolNumbers.Fill(padding, 3, 0);

    public override Tensor forward(Tensor input, Tensor indices) => nn.functional.max_unpool3d(input, indices, _kernel, _stride, _padding);

    /// <summary>With the size that the output shall have.</summary>
    public Tensor forward(Tensor input, Tensor indices, Size? output_size) => nn.functional.max_unpool3d(input, indices, _kernel, _stride, _padding, output_size);

    /// <summary>Runs the forward pass with the size that the output shall have.</summary>
    public Tensor call(Tensor input, Tensor indices, Size? output_size) => forward(input, indices, output_size);

    public override string extra_repr() => $"kernel_size={PythonText.Tuple(_kernel)}, stride={PythonText.Tuple(_stride)}, padding={PythonText.Tuple(_padding)}";
}
