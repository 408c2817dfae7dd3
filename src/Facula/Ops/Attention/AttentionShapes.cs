using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Facula.Ops;

/// <summary>The rules that attention has for its arguments, in PyTorch's words, and its masks.</summary>
internal static class AttentionShapes
{
    internal static void Require([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] Check.CheckMessage message)
    {
        if (!condition) throw new AssertionException(message.ToString());
    }

    internal static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition) throw new AssertionException(message);
    }

    /// <summary>Whether the inputs have a batch dimension.</summary>
    internal static bool Check(Tensor query, Tensor key, Tensor value, Tensor? padding, Tensor? mask, long heads)
    {
        Require(query.Rank is 2 or 3, $"query should be unbatched 2D or batched 3D tensor but received {query.Rank}-D query tensor");
        bool batched = query.Rank == 3;
        string kind = batched ? "For batched (3-D) `query`" : "For unbatched (2-D) `query`";
        Require(key.Rank == query.Rank && value.Rank == query.Rank,
            $"{kind}, expected `key` and `value` to be {query.Rank}-D but found {key.Rank}-D and {value.Rank}-D tensors respectively");
        Require(padding is null || padding.Rank == query.Rank - 1,
            $"{kind}, expected `key_padding_mask` to be `None` or {query.Rank - 1}-D but found {padding?.Rank}-D tensor instead");
        if (mask is null) return batched;
        Require(mask.Rank is 2 or 3, $"{kind}, expected `attn_mask` to be `None`, 2-D or 3-D but found {mask.Rank}-D tensor instead");
        if (!batched && mask.Rank == 3)
            Require(mask.SizesRef == new Size(heads, query.Sizes[0], key.Sizes[0]),
                $"Expected `attn_mask` shape to be ({heads}, {query.Sizes[0]}, {key.Sizes[0]}) but got {mask.shape}");
        return batched;
    }

    internal static void CheckPaddingType(Tensor? padding) =>
        Require(padding is null || padding.DType == ScalarType.Bool || padding.DType.is_floating_point, "only bool and floating types of key_padding_mask are supported");

    /// <summary>The mask as (1 or N·heads, L, S), bool or floating.</summary>
    internal static Tensor CheckMask(Tensor mask, long queries, long keys, long batchHeads)
    {
        if (mask.DType == ScalarType.Byte)
        {
            torch.warnings.warn("Byte tensor for attn_mask in nn.MultiheadAttention is deprecated. Use bool tensor instead.");
            mask = mask.to(ScalarType.Bool);
        }
        Require(mask.DType.is_floating_point || mask.DType == ScalarType.Bool, $"Only float, byte, and bool types are supported for attn_mask, not {mask.DType}");
        if (mask.Rank == 2)
        {
            Ops.Check.That(mask.SizesRef == new Size(queries, keys), $"The shape of the 2D attn_mask is {mask.shape}, but should be ({queries}, {keys}).");
            return mask.unsqueeze(0);
        }
        Ops.Check.That(mask.SizesRef == new Size(batchHeads, queries, keys), $"The shape of the 3D attn_mask is {mask.shape}, but should be ({batchHeads}, {queries}, {keys}).");
        return mask;
    }

    internal static Tensor Static(Tensor given, string name, long batchHeads, long head)
    {
        Require(given.Sizes[0] == batchHeads, $"expecting {name}.size(0) of {batchHeads}, but got {given.Sizes[0]}");
        Require(given.Sizes[2] == head, $"expecting {name}.size(2) of {head}, but got {given.Sizes[2]}");
        return given;
    }

    /// <summary>Attention mask and padding as one mask to be added to the scores.</summary>
    internal static Tensor? Merged(Tensor? mask, Tensor? padding, long batch, long heads, long keys, ScalarType dtype)
    {
        if (padding is not null)
        {
            Require(padding.SizesRef == new Size(batch, keys), $"expecting key_padding_mask shape of ({batch}, {keys}), but got {padding.shape}");
            padding = padding.view(batch, 1, 1, keys).expand(-1, heads, -1, -1).reshape(batch * heads, 1, keys);
            bool bothBool = mask?.DType == ScalarType.Bool && padding.DType == ScalarType.Bool;
            mask = mask is null ? padding : bothBool ? mask.logical_or(padding) : Additive(mask, dtype) + Additive(padding, dtype);
        }
        return mask is null ? null : Additive(mask, dtype);
    }

    /// <summary>The mask itself, or −∞ where it is true and 0 elsewhere.</summary>
    internal static Tensor Additive(Tensor mask, ScalarType dtype) => mask.DType != ScalarType.Bool
        ? mask
        : torch.zeros(mask.SizesRef, dtype: dtype, device: mask.device).masked_fill_(mask, double.NegativeInfinity);
}
