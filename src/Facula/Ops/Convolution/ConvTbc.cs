namespace Facula.Ops;

[CompositeOp("conv_tbc", Method = false)]
[Alias("torch.nn.functional.conv_tbc", Method = false)]
internal static partial class ConvTbc
{
    /// <summary>Cross-correlation of input (T, N, C) with weight (k, C, O), plus bias (O), padded by <paramref name="pad"/> on either side.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor bias, long pad = 0)
    {
        Check.That(input.Rank == 3, $"Input must have 3 dims: time, batch, in_channel");
        Check.That(weight.Rank == 3, $"Weight tensor must have 3 dims: kernel_width, in_channels, out_channels.");
        Check.That(bias.Rank == 1, $"Bias must be 1-D");
        Check.That(input.Sizes[2] == weight.Sizes[1], $"Input dim 2 (input channels) is not == dim 1 in the weight tensor");
        Check.That(weight.Sizes[2] == bias.Sizes[0], $"Bias size must equal dim 2 in the weight tensor (output channels).");
        return Conv1d.Call(input.permute(1, 2, 0), weight.permute(2, 1, 0), bias, 1, pad).permute(2, 0, 1);
    }
}
