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
        Tensor padded = input.detach();
        for (int i = 0; i < pad.Rank / 2; i++)
        {
            int d = input.Rank - 1 - i;
            if (pad[2 * i] != 0 || pad[2 * i + 1] != 0) padded = IndexSelect.Call(padded, d, Sources(mode, input.Sizes[d], pad[2 * i], pad[2 * i + 1]));
        }
        result.CopyRaw(padded);
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

    static Tensor GradInput(Tensor grad, TensorSpec input) => input.As(grad.DType).Zeros();
}
