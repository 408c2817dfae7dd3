namespace Facula.Ops;

[TensorOp("border_pad", Public = false, Out = false, Node = "PadBackward0")]
internal static partial class BorderPad
{
    /// <summary>A copy with mirrored (reflect), repeated (replicate) or wrapped (circular) borders; <paramref name="pad"/> names the last dimension's two sides first.</summary>
    static TensorSpec Infer(Tensor input, Size pad, string mode)
    {
        Require(input, pad, mode);
        Size sizes = input.SizesRef;
        for (int i = 0; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            sizes = sizes.With(d, input.Sizes[d] + pad[2 * i] + pad[2 * i + 1]);
        }
        return TensorSpec.Like(input).WithSizes(sizes);
    }

    internal static void Require(Tensor input, in Size pad, string mode)
    {
        for (int i = 0; i < pad.Rank / 2; i++) Require(input, input.Rank - 1 - i, pad[2 * i], pad[2 * i + 1], mode);
    }

    private static void Require(Tensor input, int dim, long before, long after, string mode)
    {
        long extent = input.Sizes[dim];
        if (mode == "reflect")
            Check.That(before < extent && after < extent,
                $"Argument #4: Padding size should be less than the corresponding input dimension, but got: padding ({before}, {after}) at dimension {dim} of input {input.SizesRef.Brackets()}");
        if (mode == "circular")
            Check.That(before <= extent && after <= extent, $"Padding value causes wrapping around more than once.");
        Check.That(extent > 0 && extent + before + after >= 1,
            $"input (length: {extent}) is too small. Calculated output length: {extent + before + after}");
    }

    static void Compute(Tensor input, Size pad, string mode, Tensor result)
    {
        if (result.Numel == 0) return;
        if (IsNegative(pad))
        {
            Tensor padded = input.detach();
            for (int i = 0; i < pad.Rank / 2; i++)
            {
                int d = input.Rank - 1 - i;
                if (pad[2 * i] != 0 || pad[2 * i + 1] != 0) padded = IndexSelect.Call(padded, d, Sources(mode, input.Sizes[d], pad[2 * i], pad[2 * i + 1]));
            }
            result.CopyRaw(padded);
            return;
        }
        Inside(result, input, pad, 0).CopyRaw(input);
        // A dimension's borders show what lies inside of it, with the borders of those before it.
        for (int i = 0; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            Tensor whole = Inside(result, input, pad, i + 1);
            foreach ((long place, long source, long count, long step) in Borders(mode, input.Sizes[d], pad[2 * i], pad[2 * i + 1]))
                Stretch(whole, d, place, count, 1).CopyRaw(Stretch(whole, d, source, count, step));
        }
    }

    internal static bool IsNegative(in Size pad)
    {
        for (int i = 0; i < pad.Rank; i++)
            if (pad[i] < 0) return true;
        return false;
    }

    /// <summary>The part of a padded tensor without the borders of the padded dimensions from the given one on.</summary>
    internal static Tensor Inside(Tensor padded, Tensor input, in Size pad, int from)
    {
        Size sizes = padded.SizesRef;
        long offset = padded.Offset;
        for (int i = from; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            sizes = sizes.With(d, input.Sizes[d]);
            offset += pad[2 * i] * padded.Strides[d];
        }
        return padded.Alias(sizes, padded.StridesRef, offset);
    }

    /// <summary>Places along a dimension, counted by the step.</summary>
    internal static Tensor Stretch(Tensor tensor, int dim, long first, long count, long step) =>
        tensor.Alias(tensor.SizesRef.With(dim, count), tensor.StridesRef.With(dim, step * tensor.Strides[dim]), tensor.Offset + first * tensor.Strides[dim]);

    /// <summary>The two borders of a dimension that are there: the first place of each, and the place, count and step of what it shows.</summary>
    internal static IEnumerable<(long Place, long Source, long Count, long Step)> Borders(string mode, long extent, long before, long after)
    {
        long end = before + extent;
        if (before > 0) yield return (0, mode == "reflect" ? 2 * before : mode == "replicate" ? before : extent, before, mode == "reflect" ? -1 : mode == "replicate" ? 0 : 1);
        if (after > 0) yield return (end, mode == "reflect" ? end - 2 : mode == "replicate" ? end - 1 : before, after, mode == "reflect" ? -1 : mode == "replicate" ? 0 : 1);
    }

    /// <summary>For every place of the padded dimension the index that it shows.</summary>
    internal static Tensor Sources(string mode, long extent, long before, long after)
    {
        var index = new long[extent + before + after];
        // Circular borders repeat what negative sides leave over.
        long low = Math.Max(-before, 0), inside = extent - low - Math.Max(-after, 0);
        for (long i = 0; i < index.Length; i++)
        {
            long at = i - before;
            index[i] = mode switch
            {
                "reflect" => at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at,
                "replicate" => Math.Clamp(at, 0, extent - 1),
                _ => low + ((i - Math.Max(before, 0)) % inside + inside) % inside,
            };
        }
        return torch.tensor(index);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Size pad, string mode) => BorderPadBackward.Call(grad, input, pad, mode);
}

[TensorOp("border_pad_backward", Public = false, Out = false, Node = "PadBackwardBackward0")]
internal static partial class BorderPadBackward
{
    /// <summary>The gradient of border_pad: every element collects from the places that show it.</summary>
    static TensorSpec Infer(Tensor grad_output, Tensor input, Size pad, string mode) => TensorSpec.Like(input).As(grad_output.DType);

    static void Compute(Tensor grad_output, Tensor input, Size pad, string mode, Tensor result)
    {
        Tensor folded = grad_output.detach();
        if (result.Numel == 0) return;
        if (!BorderPad.IsNegative(pad))
        {
            folded = Clone.Call(folded, torch.contiguous_format);
            for (int i = pad.Rank / 2 - 1; i >= 0; i--)
            {
                int d = input.Rank - 1 - i;
                Tensor whole = BorderPad.Inside(folded, input, pad, i + 1);
                // One place at a time, since repeated ones meet.
                foreach ((long place, long source, long count, long step) in BorderPad.Borders(mode, input.Sizes[d], pad[2 * i], pad[2 * i + 1]))
                    for (long k = 0; k < count; k++)
                    {
                        Tensor into = BorderPad.Stretch(whole, d, source + k * step, 1, 1);
                        Elementwise.Number<Kernels.AddKernel>(into, BorderPad.Stretch(whole, d, place + k, 1, 1), into);
                    }
            }
            result.CopyRaw(BorderPad.Inside(folded, input, pad, 0));
            return;
        }
        for (int i = pad.Rank / 2 - 1; i >= 0; i--)
        {
            int d = input.Rank - 1 - i;
            if (pad[2 * i] == 0 && pad[2 * i + 1] == 0) continue;
            Tensor sums = TensorSpec.Like(folded).WithSizes(folded.SizesRef.With(d, input.Sizes[d])).Zeros();
            folded = IndexAdd.Call(sums, d, BorderPad.Sources(mode, input.Sizes[d], pad[2 * i], pad[2 * i + 1]), folded);
        }
        result.CopyRaw(folded);
    }

    static Tensor GradGradOutput(Tensor grad, Size pad, string mode) => BorderPad.Call(grad, pad, mode);

    // PyTorch wraps by copying, whose gradient does not depend on the input.
    static Tensor? GradInput(Tensor grad, TensorSpec input, string mode) => mode == "circular" ? null : input.As(grad.DType).Zeros();
}
