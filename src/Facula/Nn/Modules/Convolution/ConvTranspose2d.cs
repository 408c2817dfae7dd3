namespace Facula.Modules;

/// <summary>Transposed convolution of (N, C, H, W) with learned filters (C, O/groups, …).</summary>
[Factory("torch.nn")]
public class ConvTranspose2d : ConvolutionLayer
{
    public ConvTranspose2d(long in_channels, long out_channels, Dims kernel_size, Dims stride = default, Dims padding = default, Dims output_padding = default, long groups = 1,
        bool bias = true, Dims dilation = default, string padding_mode = "zeros", Device? device = null, ScalarType? dtype = null)
        : base(2, true, in_channels, out_channels, kernel_size, stride, padding, dilation, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>With the spatial size that the output shall have, within what the stride allows.</summary>
    public virtual Tensor forward(Tensor input, Size? output_size) =>
        nn.functional.conv_transpose2d(input, weight, bias, stride, padding, OutputPadding(input, output_size), groups, dilation);

    /// <summary>Runs the forward pass with the spatial size that the output shall have.</summary>
    public Tensor call(Tensor input, Size? output_size) => forward(input, output_size);

    private long[] OutputPadding(Tensor input, Size? output_size)
    {
        if (output_size is not { } wanted) return output_padding;
        long[] size = wanted.ToArray()[^2..];
        var more = new long[2];
        for (int d = 0; d < 2; d++)
        {
            long least = (input.shape[input.ndim - 2 + d] - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel_size[d] - 1) + 1;
            if (size[d] < least || size[d] > least + stride[d] - 1)
                throw new ArgumentException($"requested an output size of {wanted}, but valid sizes range from {least} to {least + stride[d] - 1} at dimension {d} (for an input of {input.shape})");
            more[d] = size[d] - least;
        }
        return more;
    }
}
