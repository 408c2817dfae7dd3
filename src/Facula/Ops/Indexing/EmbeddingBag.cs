using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("embedding_bag", In = "torch.nn.functional")]
internal static partial class EmbeddingBag
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
        long[] numbers = input.detach().to(ScalarType.Int64).ToArray<long>();
        long[] starts = offsets is not null ? offsets.to(ScalarType.Int64).ToArray<long>()
            : [.. Enumerable.Range(0, (int)input.Sizes[0]).Select(i => i * input.Sizes[1])];
        if (include_last_offset) starts = starts[..^1];
        if (starts.Length > 0)
        {
            Check.That(starts[0] == 0, $"offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got {starts[0]}");
            Check.That(starts[^1] <= numbers.Length, $"offsets[-1] can not be greater than input's length ({numbers.Length}) but got offsets[-1] of {starts[^1]}");
        }
        if (max_norm is { } limit) Embedding.Shorten(weight, input, limit, norm_type);
        long padding = Embedding.Padding(padding_idx, weight);
        var kept = new List<long>();
        var bags = new List<long>();
        var counts = new long[starts.Length];
        for (int bag = 0; bag < starts.Length; bag++)
        {
            long end = bag + 1 < starts.Length ? starts[bag + 1] : numbers.Length;
            for (long i = starts[bag]; i < end; i++)
            {
                if (numbers[i] == padding) continue;
                kept.Add(i);
                bags.Add(bag);
                counts[bag]++;
            }
        }
        Tensor picked = IndexSelect.Call(torch.from_numpy(numbers), 0, torch.tensor(kept.ToArray()));
        if (mode == "max") return Maximum(EmbeddingLookup.Call(weight, picked, -1, scale_grad_by_freq, sparse), bags, counts);
        Tensor? samples = per_sample_weights is null ? null : IndexSelect.Call(Reshape.Call(per_sample_weights, [-1]), 0, torch.tensor(kept.ToArray()));
        Tensor sums = BagSum.Call(weight, picked, samples, torch.tensor(bags.ToArray()), starts.Length, scale_grad_by_freq, sparse);
        return mode == "sum" ? sums : sums / Unsqueeze.Call(torch.tensor(Array.ConvertAll(counts, c => Math.Max(1, c))).to(weight.DType), 1);
    }

    // The place of the first largest element of each column; bags that are empty give zeros.
    private static Tensor Maximum(Tensor rows, List<long> bags, long[] counts)
    {
        long columns = rows.Sizes[1];
        if (rows.Sizes[0] == 0) return Factories.Filled([counts.Length, columns], 0, rows.DType, rows.device, false);
        double[] values = Copying.Converted(rows.detach(), ScalarType.Float64).ToArray<double>();
        var best = new long[counts.Length * columns];
        Array.Fill(best, -1);
        for (int row = 0; row < bags.Count; row++)
            for (long c = 0; c < columns; c++)
            {
                ref long place = ref best[bags[row] * columns + c];
                if (place < 0 || values[row * columns + c] > values[place * columns + c]) place = row;
            }
        Tensor index = View.Call(torch.from_numpy(Array.ConvertAll(best, b => Math.Max(0, b))), [counts.Length, columns]);
        Tensor filled = View.Call(torch.from_numpy(Array.ConvertAll(counts, c => c > 0 ? 1L : 0L)), [counts.Length, 1]);
        return Gather.Call(rows, 0, index) * filled.to(rows.DType);
    }
}

[TensorOp("_embedding_bag", Public = false, Out = false)]
internal static unsafe partial class BagSum
{
    /// <summary>The sums over bags of the rows that the numbers name, each times its sample's weight; <paramref name="places"/> says whose bag a number is in, in rising order.</summary>
    static TensorSpec Infer(Tensor weight, Tensor indices, Tensor? samples, Tensor places, long bags, bool scale_grad_by_freq, bool sparse) =>
        new([bags, weight.Sizes[1]], weight.DType, weight.device);

    static void Compute(Tensor weight, Tensor indices, Tensor? samples, Tensor places, long bags, bool scale_grad_by_freq, bool sparse, Tensor result)
    {
        ScalarType type = weight.DType == ScalarType.Float64 ? ScalarType.Float64
            : weight.DType.is_floating_point ? ScalarType.Float32
            : throw TypeSwitch.NotImplemented("embedding_bag", weight.DType);
        Tensor table = Dense.Of(weight, type), y = Dense.Target(result, type);
        Tensor? factors = Dense.OrNull(samples, type);
        long[] numbers = indices.ToArray<long>(), bag = places.ToArray<long>(), starts = new long[bags + 1];
        foreach (long b in bag) starts[b + 1]++;
        for (long b = 0; b < bags; b++) starts[b + 1] += starts[b];
        fixed (long* n = numbers, s = starts)
        fixed (byte* t = &table.Reference, f = &(factors ?? table).Reference, r = &y.Reference)
        {
            byte* w = factors is null ? null : f;
            if (type == ScalarType.Float32) BagKernels.Sum((float*)t, table.Sizes[0], table.Sizes[1], n, numbers.Length, s, bags, (float*)w, (float*)r);
            else BagKernels.Sum((double*)t, table.Sizes[0], table.Sizes[1], n, numbers.Length, s, bags, (double*)w, (double*)r);
        }
        GC.KeepAlive(table);
        GC.KeepAlive(factors);
        Dense.Finish(y, result);
    }

    static Tensor GradWeight(Tensor grad, Size weight, Tensor indices, Tensor? samples, Tensor places, bool scale_grad_by_freq, bool sparse)
    {
        Tensor rows = IndexSelect.Call(grad, 0, places);
        if (samples is not null) rows = rows * Unsqueeze.Call(samples, 1);
        return EmbeddingLookup.GradWeight(rows, weight, indices, -1, scale_grad_by_freq, sparse);
    }

    static Tensor GradSamples(Tensor grad, Tensor weight, Tensor indices, Tensor places) =>
        Sum.Call(IndexSelect.Call(grad, 0, places) * IndexSelect.Call(weight, 0, indices), 1);
}
