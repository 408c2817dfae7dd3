namespace Facula.Ops;

[CompositeOp("hinge_embedding_loss", In = "torch.nn.functional", Method = false)]
[Alias("torch.hinge_embedding_loss", Method = false)]
internal static partial class HingeEmbeddingLoss
{
    /// <summary>The input where the target is 1, max(0, margin − input) where it is −1.</summary>
    static Tensor Compose(Tensor input, Tensor target, double margin = 1.0, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Tensor zero = ZerosLike.Call(input);
        Tensor near = Where.Call(target.ne(-1), input, zero), far = Where.Call(target.ne(1), (margin - input).clamp_min(0), zero);
        return LossReduction.Apply(near + far, reduction);
    }
}

[CompositeOp("margin_ranking_loss", In = "torch.nn.functional", Method = false)]
[Alias("torch.margin_ranking_loss", Method = false)]
internal static partial class MarginRankingLoss
{
    /// <summary>max(0, −target · (input1 − input2) + margin).</summary>
    static Tensor Compose(Tensor input1, Tensor input2, Tensor target, Scalar? margin = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(input1.Rank == input2.Rank && input1.Rank == target.Rank,
            $"margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {input1.SizesRef}, input2: {input2.SizesRef}, target: {target.SizesRef} ");
        return LossReduction.Apply((-target * (input1 - input2) + (margin ?? 0)).clamp_min(0), reduction);
    }
}

[CompositeOp("soft_margin_loss", In = "torch.nn.functional", Method = false)]
internal static partial class SoftMarginLoss
{
    /// <summary>log(1 + exp(−target · input)).</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        return LossReduction.Apply((input * -target).exp().log1p(), reduction);
    }
}

[CompositeOp("multilabel_soft_margin_loss", In = "torch.nn.functional", Method = false)]
internal static partial class MultilabelSoftMarginLoss
{
    /// <summary>The mean over the classes of the cross entropy of each class's sigmoid.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        if (size_average is not null || reduce is not null) reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Tensor loss = -(target * BinaryCrossEntropyWithLogitsOp.LogSigmoid(input) + (1 - target) * BinaryCrossEntropyWithLogitsOp.LogSigmoid(-input));
        if (weight is not null) loss = loss * weight;
        loss = loss.sum(-1) / input.size(-1);
        if (reduction is not ("none" or "mean" or "sum")) throw new ArgumentException(reduction + " is not valid");
        return LossReduction.Apply(loss, reduction);
    }
}

[CompositeOp("multi_margin_loss", In = "torch.nn.functional", Method = false)]
internal static partial class MultiMarginLoss
{
    /// <summary>The mean over the other classes of max(0, margin − input[target] + input)^p.</summary>
    static Tensor Compose(Tensor input, Tensor target, long p = 1, double margin = 1.0, Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        if (p is not (1 or 2)) throw new ArgumentException("only p == 1 and p == 2 supported");
        if (weight is not null && weight.Rank != 1) throw new ArgumentException("weight must be one-dimensional");
        Check.That(input.Rank <= 2 && (input.Rank == 0 || input.Sizes[^1] != 0), $"Expected non-empty vector or matrix with optional 0-dim batch size, but got: {input.SizesRef.Brackets()}");
        Tensor rows = input.Rank == 2 ? input : Reshape.Call(input, [1, input.Numel]);
        long count = rows.Sizes[0], classes = rows.Sizes[1];
        Check.That(target.Rank <= 1 && target.Numel == count, $"inconsistent target size, expected {count} but got {target.SizesRef.Brackets()}");
        Check.That(weight is null || weight.Numel == classes, $"inconsistent weight size, expected {classes} but got {weight?.SizesRef.Brackets()}");
        Tensor flat = Reshape.Call(target, [count]), place = Unsqueeze.Call(flat, 1);
        if (count > 0)
        {
            (Tensor least, Tensor greatest) = flat.aminmax();
            if (least.item<long>() < 0 || greatest.item<long>() >= classes) throw new TorchException("target out of range");
        }
        Tensor z = (rows - (Gather.Call(rows, 1, place) - margin)).clamp_min(0);
        if (p == 2) z = z * z;
        // The target's own class does not count.
        z = ScatterValue.Call(z, 1, place, 0);
        if (weight is not null) z = z * Unsqueeze.Call(IndexSelect.Call(weight, 0, flat), 1);
        Tensor loss = z.sum(1) / classes;
        return LossReduction.Apply(target.Rank == 0 ? Reshape.Call(loss, []) : loss, reduction);
    }
}
