namespace Facula.Ops;

[CompositeOp("one_hot", In = "torch.nn.functional")]
internal static partial class OneHot
{
    /// <summary>For each class number a vector with a one at that place.</summary>
    static Tensor Compose(Tensor input, long num_classes = -1)
    {
        Check.That(input.DType == ScalarType.Int64, $"one_hot is only applicable to index tensor.");
        long highest = -1;
        foreach (long number in input.ToArray<long>())
        {
            Check.That(number >= 0, $"Class values must be non-negative.");
            highest = Math.Max(highest, number);
        }
        Check.That(input.Numel > 0 || num_classes > 0, $"Can not infer total number of classes from empty tensor.");
        if (num_classes == -1) num_classes = highest + 1;
        else
        {
            Check.That(num_classes > 0, $"num_classes should be positive");
            Check.That(highest < num_classes, $"Class values must be smaller than num_classes.");
        }
        Tensor result = Factories.Filled(input.SizesRef.Insert(input.Rank, num_classes), 0, ScalarType.Int64, input.device, false);
        return ScatterValue.CallInPlace(result, -1, Unsqueeze.Call(input, -1), 1);
    }
}

[TensorOp("embedding", Public = false, Out = false)]
internal static unsafe partial class EmbeddingLookup
{
    /// <summary>The rows of <paramref name="weight"/> that the numbers name.</summary>
    static TensorSpec Infer(Tensor weight, Tensor indices, long padding_idx, bool scale_grad_by_freq, bool sparse = false) =>
        new(indices.SizesRef.Insert(indices.Rank, weight.Sizes[1]), weight.DType, weight.device);

    static void Compute(Tensor weight, Tensor indices, long padding_idx, bool scale_grad_by_freq, bool sparse, Tensor result)
    {
        Tensor rows = result.Alias([indices.Numel, weight.Sizes[1]], [weight.Sizes[1], 1], result.Offset);
        IndexSelect.Compute(weight, 0, View.Call(Lines.Index(indices.detach()), [-1]), rows);
    }

    internal static Tensor? GradWeight(Tensor grad, Size weight, Tensor indices, long padding_idx, bool scale_grad_by_freq, bool sparse, GradientSum sum)
    {
        if (sparse) return Rows(grad, weight, indices, padding_idx, scale_grad_by_freq);
        Tensor flat = View.Call(Lines.Index(indices), [-1]), rows = Reshape.Call(grad, [flat.Numel, weight[1]]);
        if (scale_grad_by_freq)
        {
            Tensor counts = Bincount.Call(flat, null, weight[0]).to(grad.DType);
            rows = rows / Unsqueeze.Call(IndexSelect.Call(counts, 0, flat), 1);
        }
        if (padding_idx >= 0) rows = torch.where(Unsqueeze.Call(torch.eq(flat, padding_idx), 1), torch.zeros_like(rows), rows);
        using GradientSum.Hold hold = sum.OpenOrZeros(new(weight, grad.DType, grad.device), rows);
        IndexAdd.CallInPlace(hold.Sum!, 0, flat, rows);
        return hold.Result;
    }

    // One row of the gradient for each number, in their order; those of the padding are left out.
    private static Tensor Rows(Tensor grad, Size weight, Tensor indices, long padding_idx, bool scale_grad_by_freq)
    {
        Check.That(!scale_grad_by_freq, $"embedding_backward: scale_grad_by_freq not supported with sparse gradients");
        Tensor flat = View.Call(Lines.Index(indices), [-1]).detach(), rows = Reshape.Call(grad, [indices.Numel, weight[1]]).detach();
        if (padding_idx >= 0)
        {
            Tensor kept = torch.ne(flat, padding_idx).nonzero().view(-1);
            (flat, rows) = (IndexSelect.Call(flat, 0, kept), IndexSelect.Call(rows, 0, kept));
        }
        return new SparseTensor(Copying.Converted(flat, ScalarType.Int64).view(1, -1), Copying.Converted(rows, rows.DType).contiguous(), weight, coalesced: false);
    }
}

[CompositeOp("embedding", In = "torch.nn.functional")]
internal static partial class Embedding
{
    /// <summary>The rows of <paramref name="weight"/> that the numbers name; rows longer than <paramref name="max_norm"/> are shortened in place first.</summary>
    static Tensor Compose(Tensor input, Tensor weight, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false)
    {
        Check.That(weight.Rank == 2, $"'weight' must be 2-D");
        Check.That(input.DType == ScalarType.Int64 || input.DType == ScalarType.Int32,
            $"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.{input.DType.LegacyName}Tensor instead (while checking arguments for embedding)");
        long padding = Padding(padding_idx, weight);
        if (max_norm is { } limit) Shorten(weight, input, limit, norm_type);
        return EmbeddingLookup.Call(weight, input, padding, scale_grad_by_freq, sparse);
    }

    internal static long Padding(long? padding_idx, Tensor weight)
    {
        if (padding_idx is not { } padding) return -1;
        Check.That(padding < weight.Sizes[0] && padding >= -weight.Sizes[0], $"Padding_idx must be within num_embeddings");
        return padding < 0 ? padding + weight.Sizes[0] : padding;
    }

    /// <summary>Scales the rows in use that are longer than the limit, unrecorded.</summary>
    internal static void Shorten(Tensor weight, Tensor input, double limit, double norm_type)
    {
        using GradModeScope _ = torch.no_grad();
        Tensor target = weight.detach();
        foreach (long row in input.detach().to(ScalarType.Int64).ToArray<long>().Distinct())
        {
            if (row < 0 || row >= weight.Sizes[0]) throw new IndexOutOfRangeException("index out of range in self");
            Tensor values = Select.Call(target, 0, row);
            double norm = Norm(values, norm_type);
            if (norm > limit) values.mul_(limit / (norm + 1e-7));
        }
    }

    private static double Norm(Tensor row, double order)
    {
        double sum = 0;
        for (long i = 0; i < row.Numel; i++)
        {
            double x = Math.Abs(row.GetElement(i * row.Strides[0]).ToDouble());
            sum = double.IsPositiveInfinity(order) ? Math.Max(sum, x) : sum + Math.Pow(x, order);
        }
        return double.IsPositiveInfinity(order) ? sum : Math.Pow(sum, 1 / order);
    }
}
