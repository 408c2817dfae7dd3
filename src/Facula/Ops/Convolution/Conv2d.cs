namespace Facula.Ops;

[CompositeOp("conv2d", Method = false)]
[Alias("torch.nn.functional.conv2d", Method = false)]
internal static partial class Conv2d
{
    /// <summary>Cross-correlation of input (N, C, H, W) with weight (O, C/groups, kH, kW), plus bias (O); the padding may be <c>"same"</c> or <c>"valid"</c>.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, PaddingSize padding = default, Dims dilation = default, long groups = 1) =>
        ConvNd.Forward("conv2d", 2, input, weight, bias, stride, padding, dilation, groups);
}

[CompositeOp("conv_transpose2d", Method = false)]
[Alias("torch.nn.functional.conv_transpose2d", Method = false)]
internal static partial class ConvTranspose2d
{
    /// <summary>Transposed convolution of input (N, C, H, W) with weight (C, O/groups, kH, kW), plus bias (O): the input gradient of a convolution.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, Dims padding = default, Dims output_padding = default, long groups = 1, Dims dilation = default) =>
        ConvNd.Transposed("conv_transpose2d", 2, input, weight, bias, stride, padding, output_padding, groups, dilation);
}
