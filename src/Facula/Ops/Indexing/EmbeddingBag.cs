using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("embedding_bag", In = "torch.nn.functional")]
internal static unsafe partial class EmbeddingBag
{
    /// <summary>The sum, mean or maximum of the rows of <paramref name="weight"/> in each bag of numbers: the rows of a matrix, or the pieces of a vector that start at <paramref name="offsets"/>.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? offsets = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
        string mode = "mean", bool sparse = false, Tensor? per_sample_weights = null, bool include_last_offset = false, long? padding_idx = null)
    {
        Check.That(mode is "sum" or "mean" or "max", $"mode has to be one of sum, mean or max");
        Check.That(per_sample_weights is null || mode == "sum",
            $"embedding_bag: per_sample_weights was not None, but per_sample_weights is only supported for mode='sum' (got mode='{mode}'). Please open a feature request on GitHub.");
        Check.That(per_sample_weights is null || per_sample_weights.SizesRef == input.SizesRef,
            $"embedding_bag: If per_sample_weights ({per_sample_weights?.SizesRef.Brackets()}) is not None, then it must have the same shape as the input ({input.SizesRef.Brackets()})");
        Check.That(input.Rank is 1 or 2, $"input has to be 1D or 2D Tensor, but got Tensor of dimension {input.Rank}");
        Check.That(input.Rank == 1 == (offsets is not null),
            $"{(input.Rank == 2 ? "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences." : "offsets has to be a 1D Tensor but got None")}");
        Tensor flat = Reshape.Call(Lines.Index(input.detach()), [-1]);
        long[] starts = offsets is not null ? Lines.Index(offsets).ToArray<long>() : Even(input.Sizes[0], input.Sizes[1]);
        Tensor? samples = per_sample_weights is null ? null : Reshape.Call(per_sample_weights, [-1]);
        if (include_last_offset)
        {
            Check.That(starts.Length >= 1, $"include_last_offset: number of offset should be at least 1");
            Check.That(starts[^1] <= flat.Numel, $"offsets[-1] can not be greater than input's length ({flat.Numel}) but got offsets[-1] of {starts[^1]}");
            // What lies behind the end of the last bag is in none.
            flat = flat.narrow(0, 0, Math.Max(0, starts[^1]));
            samples = samples?.narrow(0, 0, flat.Numel);
            starts = starts[..^1];
        }
        if (starts.Length > 0)
        {
            Check.That(starts[0] == 0, $"offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got {starts[0]}");
            Check.That(starts[^1] <= flat.Numel, $"offsets[-1] can not be greater than input's length ({flat.Numel}) but got offsets[-1] of {starts[^1]}");
            for (int bag = 1; bag < starts.Length; bag++)
                Check.That(starts[bag - 1] <= starts[bag], $"offsets must not fall, but offsets[{bag - 1}] is {starts[bag - 1]} and offsets[{bag}] is {starts[bag]}");
        }
        else (flat, samples) = (flat.narrow(0, 0, 0), samples?.narrow(0, 0, 0));
        if (max_norm is { } limit) Embedding.Shorten(weight, input, limit, norm_type);
        long padding = Embedding.Padding(padding_idx, weight);
        if (padding >= 0) WithoutPadding(ref flat, ref samples, starts, padding);
        long[] ends = [.. starts, flat.Numel], counts = new long[starts.Length], bags = new long[flat.Numel];
        for (int bag = 0; bag < starts.Length; bag++)
        {
            counts[bag] = ends[bag + 1] - starts[bag];
            bags.AsSpan((int)starts[bag], (int)counts[bag]).Fill(bag);
        }
        if (mode == "max" && !scale_grad_by_freq && !sparse) return Maximum(weight, flat, ends, counts);
        if (mode == "max") return Maximum(EmbeddingLookup.Call(weight, flat, -1, scale_grad_by_freq, sparse), torch.arange(flat.Numel), ends, counts);
        Tensor sums = BagSum.Call(weight, flat, samples, torch.from_numpy(bags), ends, scale_grad_by_freq, sparse);
        return mode == "sum" ? sums : sums / Unsqueeze.Call(torch.from_numpy(Array.ConvertAll(counts, c => Math.Max(1, c))).to(weight.DType), 1);
    }

    private static long[] Even(long bags, long length)
    {
        var starts = new long[bags];
        for (long i = 0; i < bags; i++) starts[i] = i * length;
        return starts;
    }

    /// <summary>Leaves out the numbers that are padding, and moves the starts of the bags accordingly.</summary>
    private static void WithoutPadding(ref Tensor flat, ref Tensor? samples, long[] starts, long padding)
    {
        long[] numbers = flat.ToArray<long>();
        var kept = new List<long>();
        int bag = 0;
        for (long i = 0; i < numbers.Length; i++)
        {
            for (; bag < starts.Length && starts[bag] <= i; bag++) starts[bag] = kept.Count;
            if (numbers[i] != padding) kept.Add(i);
        }
        for (; bag < starts.Length; bag++) starts[bag] = kept.Count;
        Tensor places = torch.from_numpy(kept.ToArray());
        flat = IndexSelect.Call(flat, 0, places);
        if (samples is not null) samples = IndexSelect.Call(samples, 0, places);
    }

    // The largest elements of each bag's rows, picked from the table; bags that are empty give zeros.
    private static Tensor Maximum(Tensor table, Tensor indices, long[] starts, long[] counts)
    {
        long columns = table.Sizes[1];
        // Sums of no rows: zeros that still depend on the table.
        if (indices.Numel == 0) return table.narrow(0, 0, 0).sum(0, keepdim: true).expand(counts.Length, columns).contiguous();
        ScalarType type = table.DType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor rows = Dense.Of(table.detach(), type), numbers = Lines.Index(indices), places = Tensor.Allocate([counts.Length, columns], ScalarType.Int64, table.device);
        fixed (long* s = starts)
        fixed (byte* t = &rows.Reference, n = &numbers.Reference, p = &places.Reference)
        {
            if (type == ScalarType.Float32) BagKernels.Largest((float*)t, rows.Sizes[0], columns, (long*)n, numbers.Numel, s, counts.Length, (long*)p);
            else BagKernels.Largest((double*)t, rows.Sizes[0], columns, (long*)n, numbers.Numel, s, counts.Length, (long*)p);
        }
        GC.KeepAlive(rows);
        GC.KeepAlive(numbers);
        Tensor largest = Gather.Call(table, 0, places);
        if (!counts.Contains(0)) return largest;
        return MaskedFill.Call(largest, View.Call(torch.from_numpy(Array.ConvertAll(counts, c => c == 0)), [counts.Length, 1]), 0);
    }
}

[TensorOp("_embedding_bag", Public = false, Out = false)]
internal static unsafe partial class BagSum
{
    /// <summary>The sums over bags of the rows that the numbers name, each times its sample's weight; <paramref name="places"/> says whose bag a number is in, <paramref name="starts"/> where the bags begin, and where the last ends.</summary>
    static TensorSpec Infer(Tensor weight, Tensor indices, Tensor? samples, Tensor places, long[] starts, bool scale_grad_by_freq, bool sparse) =>
        new([starts.Length - 1, weight.Sizes[1]], weight.DType, weight.device);

    static void Compute(Tensor weight, Tensor indices, Tensor? samples, Tensor places, long[] starts, bool scale_grad_by_freq, bool sparse, Tensor result)
    {
        ScalarType type = weight.DType == ScalarType.Float64 ? ScalarType.Float64
            : weight.DType.is_floating_point ? ScalarType.Float32
            : throw TypeSwitch.NotImplemented("embedding_bag", weight.DType);
        Tensor table = Dense.Of(weight, type), y = Dense.Target(result, type);
        Tensor? factors = Dense.OrNull(samples, type);
        Tensor numbers = Lines.Index(indices);
        fixed (long* s = starts)
        fixed (byte* t = &table.Reference, f = &(factors ?? table).Reference, n = &numbers.Reference, r = &y.Reference)
        {
            byte* w = factors is null ? null : f;
            if (type == ScalarType.Float32) BagKernels.Sum((float*)t, table.Sizes[0], table.Sizes[1], (long*)n, numbers.Numel, s, starts.Length - 1, (float*)w, (float*)r);
            else BagKernels.Sum((double*)t, table.Sizes[0], table.Sizes[1], (long*)n, numbers.Numel, s, starts.Length - 1, (double*)w, (double*)r);
        }
        GC.KeepAlive(table);
        GC.KeepAlive(factors);
        GC.KeepAlive(numbers);
        Dense.Finish(y, result);
    }

    static Tensor? GradWeight(Tensor grad, Size weight, Tensor indices, Tensor? samples, Tensor places, long[] starts, bool scale_grad_by_freq, bool sparse, GradientSum sum)
    {
        ScalarType type = grad.DType;
        if (!GradMode.Enabled && !scale_grad_by_freq && !sparse && (type == ScalarType.Float32 || type == ScalarType.Float64)) return Scattered(grad, weight, indices, samples, starts, type, sum);
        Tensor rows = IndexSelect.Call(grad, 0, places);
        if (samples is not null) rows = rows * Unsqueeze.Call(samples, 1);
        return EmbeddingLookup.GradWeight(rows, weight, indices, -1, scale_grad_by_freq, sparse, sum);
    }

    // Without a row of the gradient for each number.
    private static Tensor? Scattered(Tensor grad, Size weight, Tensor indices, Tensor? samples, long[] starts, ScalarType type, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.OpenOrZeros(new(weight, type, grad.device), grad);
        Tensor g = Dense.Of(grad, type), numbers = Lines.Index(indices), table = hold.Sum!;
        if (!table.IsContiguous) table = new TensorSpec(weight, type, grad.device).Zeros();
        Tensor? factors = Dense.OrNull(samples, type);
        fixed (long* s = starts)
        fixed (byte* t = &table.Reference, f = &(factors ?? g).Reference, n = &numbers.Reference, from = &g.Reference)
        {
            byte* w = factors is null ? null : f;
            if (type == ScalarType.Float32) BagKernels.Scatter((float*)t, weight[1], (long*)n, s, starts.Length - 1, (float*)w, (float*)from);
            else BagKernels.Scatter((double*)t, weight[1], (long*)n, s, starts.Length - 1, (double*)w, (double*)from);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(numbers);
        GC.KeepAlive(factors);
        GC.KeepAlive(table);
        if (!ReferenceEquals(table, hold.Sum)) return table;
        table.BumpVersion();
        return hold.Result;
    }

    static Tensor GradSamples(Tensor grad, Tensor weight, Tensor indices, Tensor places) =>
        Sum.Call(IndexSelect.Call(grad, 0, places) * IndexSelect.Call(weight, 0, indices), 1);
}
