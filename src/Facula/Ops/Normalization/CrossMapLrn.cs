namespace Facula.Ops;

[CompositeOp("cross_map_lrn2d", Public = false)]
internal static partial class CrossMapLrn
{
    /// <summary>Divides by (k + alpha / size · the squares of the channels around)^beta; the window is odd, one wider than an even size.</summary>
    static Tensor Compose(Tensor input, long size, double alpha, double beta, double k)
    {
        if (input.Rank != 4) throw new ArgumentException($"CrossMapLRN2d: Expected input to be 4D, got {input.Rank}D instead.");
        long channels = input.Sizes[1], reach = (size - 1) / 2;
        if (size % 2 == 0) reach = size / 2 - 1;
        Tensor zeros = new TensorSpec(input.SizesRef.With(1, reach), input.DType, input.device).Zeros();
        Tensor padded = torch.cat(new[] { zeros, input * input, zeros }, 1);
        Tensor sum = padded.narrow(1, 0, channels);
        for (long i = 1; i <= 2 * reach; i++) sum = sum + padded.narrow(1, i, channels);
        return input * (sum * (alpha / size) + k).pow(-beta);
    }
}
