namespace Facula.Ops;

[TensorOp("constant_pad_nd", Method = false, Out = false)]
internal static partial class ConstantPadNd
{
    /// <summary>A copy with borders of one value; <paramref name="pad"/> names the last dimension's two sides first. Negative sides cut.</summary>
    static TensorSpec Infer(Tensor input, Size pad, Scalar value = default)
    {
        Check.That(pad.Rank % 2 == 0, $"Length of pad must be even but instead it equals {pad.Rank}");
        Check.That(pad.Rank <= 2 * input.Rank, $"Length of pad should be no more than twice the number of dimensions of the input. Pad length is {pad.Rank}while the input has {input.Rank}dimensions.");
        NumberRange.Require(value, input.DType);
        Size sizes = input.SizesRef;
        for (int i = 0; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            long extent = input.Sizes[d] + pad[2 * i] + pad[2 * i + 1];
            Check.That(extent >= 0,
                $"The input size {input.Sizes[d]}, plus negative padding {pad[2 * i]} and {pad[2 * i + 1]} resulted in a negative output size, which is invalid. Check dimension {d} of your input.");
            sizes = sizes.With(d, extent);
        }
        return new(sizes, input.DType, input.device);
    }

    static void Compute(Tensor input, Size pad, Scalar value, Tensor result)
    {
        result.FillRaw(value);
        Size sizes = input.SizesRef;
        long from = input.Offset, to = result.Offset;
        for (int i = 0; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            long before = pad[2 * i], after = pad[2 * i + 1];
            from += Math.Max(0, -before) * input.Strides[d];
            to += Math.Max(0, before) * result.Strides[d];
            sizes = sizes.With(d, Math.Max(0, input.Sizes[d] + Math.Min(0, before) + Math.Min(0, after)));
        }
        result.Alias(sizes, result.StridesRef, to).CopyRaw(input.Alias(sizes, input.StridesRef, from));
    }

    static Tensor GradInput(Tensor grad, Size pad) => Call(grad, Array.ConvertAll(pad.ToArray(), p => -p));
}

[CompositeOp("pad", In = "torch.nn.functional")]
internal static partial class Pad
{
    /// <summary>A copy with borders: of one value (mode constant), mirrored (reflect), repeated (replicate) or wrapped around (circular).</summary>
    static Tensor Compose(Tensor input, Size pad, string mode = "constant", double? value = null)
    {
        Check.That(pad.Rank % 2 == 0, $"Padding length must be divisible by 2");
        Check.That(pad.Rank <= 2 * input.Rank, $"Padding length too large");
        if (mode == "constant") return ConstantPadNd.Call(input, pad, value ?? 0.0);
        Check.That(value is null or 0, $"Padding mode \"{mode}\" doesn't take in value argument");
        Check.That(mode is "reflect" or "replicate" or "circular", $"Unrecognised padding mode {mode}");
        int spatial = pad.Rank / 2;
        Check.That(input.Rank == spatial + 2 || (input.Rank == spatial + 1 && spatial is >= 1 and <= 3) ,
            $"Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now");
        return BorderPad.Call(input, pad, mode);
    }
}

[CompositeOp("channel_shuffle", In = "torch.nn.functional")]
[Alias("torch.nn.functional.native_channel_shuffle", Method = false)]
[Alias("torch.native_channel_shuffle", Method = false)]
[Alias("torch.channel_shuffle", Method = false)]
internal static partial class ChannelShuffle
{
    /// <summary>The channels (second dimension), taken in turn from each of the groups.</summary>
    static Tensor Compose(Tensor input, long groups)
    {
        Check.That(input.Rank > 2, $"channel_shuffle expects input with > 2 dims, but got input with sizes {input.SizesRef.Brackets()}");
        long channels = input.Sizes[1];
        Check.That(groups > 0, $"Number of groups to divide channels in must be positive. Value of groups:{groups}");
        Check.That(channels % groups == 0, $"Number of channels must be divisible by groups. Got {channels} channels and {groups} groups.");
        Size split = input.SizesRef.With(1, channels / groups).Insert(1, groups);
        return Reshape.Call(Transpose.Call(Reshape.Call(input, split), 1, 2).contiguous(), input.SizesRef);
    }
}
