namespace Facula.Ops;

[CompositeOp("conv3d", Method = false)]
[Alias("torch.nn.functional.conv3d", Method = false)]
internal static partial class Conv3d
{
    /// <summary>Cross-correlation of input (N, C, D, H, W) with weight (O, C/groups, kD, kH, kW), plus bias (O); the padding may be <c>"same"</c> or <c>"valid"</c>.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, PaddingSize padding = default, Dims dilation = default, long groups = 1) =>
        ConvNd.Forward("conv3d", 3, input, weight, bias, stride, padding, dilation, groups);
}

[CompositeOp("conv_transpose3d", Method = false)]
[Alias("torch.nn.functional.conv_transpose3d", Method = false)]
internal static partial class ConvTranspose3d
{
    /// <summary>Transposed convolution of input (N, C, D, H, W) with weight (C, O/groups, kD, kH, kW), plus bias (O): the input gradient of a convolution.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, Dims padding = default, Dims output_padding = default, long groups = 1, Dims dilation = default) =>
        ConvNd.Transposed("conv_transpose3d", 3, input, weight, bias, stride, padding, output_padding, groups, dilation);
}
