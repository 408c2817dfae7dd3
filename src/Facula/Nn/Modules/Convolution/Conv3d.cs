namespace Facula.Modules;

/// <summary>Convolution of (N, C, D, H, W) with learned filters (O, C/groups, …).</summary>
[Factory("torch.nn")]
public class Conv3d : ConvolutionLayer
{
    public Conv3d(long in_channels, long out_channels, Dims kernel_size, Dims stride = default, PaddingSize padding = default, Dims dilation = default, long groups = 1,
        bool bias = true, string padding_mode = "zeros", Device? device = null, ScalarType? dtype = null)
        : base(3, false, in_channels, out_channels, kernel_size, stride, padding, dilation, default, groups, bias, padding_mode, device, dtype)
    {
    }

    public override Tensor forward(Tensor input)
    {
        if (padding_mode != "zeros") return nn.functional.conv3d(PadInput(input), weight, bias, stride, 0, dilation, groups);
        return nn.functional.conv3d(input, weight, bias, stride, Border, dilation, groups);
    }
}
