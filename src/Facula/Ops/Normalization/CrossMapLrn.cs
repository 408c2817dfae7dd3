namespace Facula.Ops;

[CompositeOp("cross_map_lrn2d", Public = false)]
internal static partial class CrossMapLrn
{
    /// <summary>Divides by (k + alpha / size · the squares of the channels around)^beta.</summary>
    static Tensor Compose(Tensor input, long size, double alpha, double beta, double k)
    {
        if (input.Rank != 4) throw new AssertionException($"CrossMapLRN2d: Expected input to be 4D, got {input.Rank}D instead.");
        long channels = input.Sizes[1], reach = (size + 1) / 2;
        Tensor squares = input * input, band = new TensorSpec([channels, channels], input.DType, input.device).Zeros();
        for (long c = 0; c < channels; c++)
            for (long other = 0; other < channels; other++)
                if (IsNear(c, other, reach)) band.SetElement(c * channels + other, 1);
        Tensor sum = MatMul.Call(band, squares.flatten(2)).reshape(input.SizesRef);
        // The gradient is the derivative of this; PyTorch's hand-written one reads the neighbours one channel off.
        return input * (sum * (alpha / size) + k).pow(-beta);
    }

    // The running sum of PyTorch (and of Torch before it) never takes the first channel out again.
    private static bool IsNear(long channel, long other, long reach) =>
        other < channel + reach && (other > channel - reach || (other == 0 && channel >= reach));
}
