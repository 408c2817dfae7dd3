namespace Facula.Ops;

[CompositeOp("lp_pool1d", In = "torch.nn.functional")]
internal static partial class LpPool1d
{
    /// <summary>The p-norm of each window of (N, C, L).</summary>
    static Tensor Compose(Tensor input, double norm_type, long kernel_size, Dims stride = default, bool ceil_mode = false)
    {
        Tensor mean = AvgPool1d.Call(input.pow(norm_type), kernel_size, stride, 0, ceil_mode);
        return (torch.sign(mean) * nn.functional.relu(torch.abs(mean))).mul(kernel_size).pow(1.0 / norm_type);
    }
}

[CompositeOp("lp_pool2d", In = "torch.nn.functional")]
internal static partial class LpPool2d
{
    /// <summary>The p-norm of each window of (N, C, H, W).</summary>
    static Tensor Compose(Tensor input, double norm_type, Dims kernel_size, Dims stride = default, bool ceil_mode = false)
    {
        Tensor mean = AvgPool2d.Call(input.pow(norm_type), kernel_size, stride, 0, ceil_mode);
        long count = kernel_size.Count == 1 ? kernel_size[0] * kernel_size[0] : kernel_size[0] * kernel_size[1];
        return (torch.sign(mean) * nn.functional.relu(torch.abs(mean))).mul(count).pow(1.0 / norm_type);
    }
}
