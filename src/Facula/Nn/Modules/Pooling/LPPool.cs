namespace Facula.Modules;

/// <summary>The p-norm of each window of (N, C, L).</summary>
[Factory("torch.nn")]
public class LPPool1d(Scalar norm_type, long kernel_size, Dims stride = default, bool ceil_mode = false) : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => nn.functional.lp_pool1d(input, norm_type.ToDouble(), kernel_size, stride, ceil_mode);

    public override string extra_repr() => $"norm_type={norm_type}, kernel_size={kernel_size}, stride={stride}, ceil_mode={PythonText.Of(ceil_mode)}";
}

/// <summary>The p-norm of each window of (N, C, H, W).</summary>
[Factory("torch.nn")]
public class LPPool2d(Scalar norm_type, Dims kernel_size, Dims stride = default, bool ceil_mode = false) : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => nn.functional.lp_pool2d(input, norm_type.ToDouble(), kernel_size, stride, ceil_mode);

    public override string extra_repr() => $"norm_type={norm_type}, kernel_size={kernel_size}, stride={stride}, ceil_mode={PythonText.Of(ceil_mode)}";
}
