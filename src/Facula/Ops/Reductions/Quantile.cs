namespace Facula.Ops;

[CompositeOp("quantile", Out = true)]
internal static partial class Quantile
{
    /// <summary>The q-quantiles of all elements or along <paramref name="dim"/>; a NaN makes its quantiles NaN.</summary>
    static Tensor Compose(Tensor input, Tensor q, long? dim = null, bool keepdim = false, string interpolation = "linear") =>
        Quantiles.Compute("quantile", input, q, dim, keepdim, interpolation, ignoreNaN: false);
}

[CompositeOp("quantile", Out = true)]
internal static partial class QuantileNumber
{
    /// <summary>The q-quantile of all elements or along <paramref name="dim"/>; a NaN makes its quantile NaN.</summary>
    static Tensor Compose(Tensor input, double q, long? dim = null, bool keepdim = false, string interpolation = "linear") =>
        Quantiles.Compute("quantile", input, Quantiles.Level("quantile", q, input), dim, keepdim, interpolation, ignoreNaN: false);
}

[CompositeOp("nanquantile", Out = true)]
internal static partial class NanQuantile
{
    /// <summary>The q-quantiles of what is not NaN, of all elements or along <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, Tensor q, long? dim = null, bool keepdim = false, string interpolation = "linear") =>
        Quantiles.Compute("nanquantile", input, q, dim, keepdim, interpolation, ignoreNaN: true);
}

[CompositeOp("nanquantile", Out = true)]
internal static partial class NanQuantileNumber
{
    /// <summary>The q-quantile of what is not NaN, of all elements or along <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, double q, long? dim = null, bool keepdim = false, string interpolation = "linear") =>
        Quantiles.Compute("nanquantile", input, Quantiles.Level("nanquantile", q, input), dim, keepdim, interpolation, ignoreNaN: true);
}

/// <summary>Quantiles by sorting.</summary>
internal static class Quantiles
{
    internal static Tensor Level(string op, double q, Tensor input)
    {
        Check.That(q is >= 0 and <= 1, $"{op}() q must be in the range [0, 1] but got {q}");
        return Tensor.FromScalar(q, input.DType, input.device);
    }

    internal static Tensor Compute(string op, Tensor input, Tensor q, long? dim, bool keepdim, string interpolation, bool ignoreNaN)
    {
        Check.That(input.Numel > 0, $"{op}() input tensor must be non-empty");
        Check.That(q.Rank <= 1, $"{op}() q must be a scalar or 1D tensor");
        Check.That(input.DType == ScalarType.Float32 || input.DType == ScalarType.Float64, $"{op}() input tensor must be either float or double dtype");
        Check.That(input.DType == q.DType, $"{op}() q tensor must be same dtype as the input tensor");
        Check.That(interpolation is "linear" or "lower" or "higher" or "midpoint" or "nearest",
            $"{op}() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}");
        int at = dim is { } given ? Check.Dim(given, input.Rank) : 0;
        // Sorted along a last dimension.
        Tensor rows = dim is null ? Reshape.Call(input, [input.Numel]) : input.Rank == 0 ? Reshape.Call(input, [1]) : input.movedim(at, -1);
        Tensor sorted = rows.sort(-1).values;
        long count = sorted.Sizes[^1];
        Tensor ranks;
        Tensor levels = Reshape.Call(q, [q.Numel]);
        if (ignoreNaN) ranks = (Sum.Call(sorted.detach().isnan().logical_not(), -1, keepdim: true) - 1) * levels;
        else
        {
            // NaNs are sorted last: one of them takes every rank.
            ranks = Expand.Call(levels * (count - 1), sorted.SizesRef.With(sorted.Rank - 1, q.Numel));
            ranks = ranks.masked_fill(sorted.detach().isnan().any(-1, keepdim: true), count - 1);
        }
        ranks = ranks.clamp_min(0).to(input.DType);
        if (interpolation == "lower") ranks = ranks.floor();
        else if (interpolation == "higher") ranks = ranks.ceil();
        else if (interpolation == "nearest") ranks = ranks.round();
        Tensor below = ranks.to(ScalarType.Int64);
        Tensor result = sorted.gather(-1, below);
        if (interpolation is "linear" or "midpoint")
        {
            Tensor weight = interpolation == "midpoint" ? torch.full_like(ranks, 0.5) : ranks - below;
            result = result.lerp(sorted.gather(-1, ranks.ceil().to(ScalarType.Int64)), weight);
        }
        return Shaped(result, input, q, dim is not null, at, keepdim);
    }

    // q's dimension comes first, or goes when q is a number.
    private static Tensor Shaped(Tensor result, Tensor input, Tensor q, bool hasDim, int dim, bool keepdim)
    {
        if (hasDim && input.Rank == 0) result = Reshape.Call(result, [q.Numel]);
        else if (hasDim && keepdim) result = Unsqueeze.Call(result.movedim(-1, 0), dim + 1).movedim(0, -1);
        else if (!hasDim && keepdim) result = Reshape.Call(result, Size.Repeat(1, input.Rank).Insert(input.Rank, q.Numel));
        return q.Rank == 0 ? SqueezeDim.Call(result, -1) : result.movedim(-1, 0);
    }
}
