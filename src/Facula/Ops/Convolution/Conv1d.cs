namespace Facula.Ops;

[CompositeOp("conv1d", Method = false)]
[Alias("torch.nn.functional.conv1d", Method = false)]
internal static partial class Conv1d
{
    /// <summary>Cross-correlation of input (N, C, L) with weight (O, C/groups, kL), plus bias (O); the padding may be <c>"same"</c> or <c>"valid"</c>.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, PaddingSize padding = default, Dims dilation = default, long groups = 1) =>
        ConvNd.Forward("conv1d", 1, input, weight, bias, stride, padding, dilation, groups);
}

[CompositeOp("conv_transpose1d", Method = false)]
[Alias("torch.nn.functional.conv_transpose1d", Method = false)]
internal static partial class ConvTranspose1d
{
    /// <summary>Transposed convolution of input (N, C, L) with weight (C, O/groups, kL), plus bias (O): the input gradient of a convolution.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null, Dims stride = default, Dims padding = default, Dims output_padding = default, long groups = 1, Dims dilation = default) =>
        ConvNd.Transposed("conv_transpose1d", 1, input, weight, bias, stride, padding, output_padding, groups, dilation);
}
