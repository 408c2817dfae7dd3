namespace Facula.Ops;

[CompositeOp("pairwise_distance", In = "torch.nn.functional", Method = false)]
[Alias("torch.pairwise_distance", Method = false)]
internal static partial class PairwiseDistance
{
    /// <summary>The p-norm of x1 − x2 + eps along the last dimension.</summary>
    static Tensor Compose(Tensor x1, Tensor x2, Scalar? p = null, double eps = 1e-6, bool keepdim = false) => Norm.Call(x1 - x2 + eps, p ?? 2, -1, keepdim);
}

[CompositeOp("cosine_similarity", In = "torch.nn.functional", Method = false)]
[Alias("torch.cosine_similarity", Method = false)]
internal static partial class CosineSimilarity
{
    /// <summary>The cosine of the angle between vectors along <paramref name="dim"/>; norms count as at least <paramref name="eps"/>.</summary>
    static Tensor Compose(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8)
    {
        ScalarType common = Promotion.ResultType(x1, x2);
        Check.That(common.is_floating_point, $"expected common dtype to be floating point, yet common dtype is {common.LegacyName}");
        Size size = Broadcasting.Shape(x1, x2);
        Tensor a = Expand.Call(x1.to(common), size), b = Expand.Call(x2.to(common), size);
        return Sum.Call(a / Length(a, dim, eps) * (b / Length(b, dim, eps)), dim);
    }

    // Below eps the norm counts as constant.
    private static Tensor Length(Tensor x, long dim, double eps)
    {
        Tensor norm = VectorNorm.Call(x, 2, dim, keepdim: true);
        return Where.Call(norm.detach().gt(eps), norm, Tensor.FromScalar(eps, x.DType));
    }
}

[CompositeOp("cosine_embedding_loss", In = "torch.nn.functional", Method = false)]
[Alias("torch.cosine_embedding_loss", Method = false)]
internal static partial class CosineEmbeddingLoss
{
    /// <summary>1 − cos where the target is 1, max(0, cos − margin) where it is −1.</summary>
    static Tensor Compose(Tensor input1, Tensor input2, Tensor target, double margin = 0, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(target.Rank is 0 or 1, $"0D or 1D target tensor expected, multi-target not supported");
        if (target.Rank == 1)
            Check.That(input1.Rank == 2, $"1D target tensor expects 2D input tensors, but found inputs with sizes {input1.SizesRef.Brackets()} and {input2.SizesRef.Brackets()}.");
        else
            Check.That(input1.Rank == 1, $"0D target tensor expects 1D input tensors, but found inputs with sizes {input1.SizesRef.Brackets()} and {input2.SizesRef.Brackets()}.");
        int dim = target.Rank;
        const double Tiny = 1e-12;
        Tensor product = (input1 * input2).sum(dim), a = (input1 * input1).sum(dim) + Tiny, b = (input2 * input2).sum(dim) + Tiny;
        Tensor cosine = product / (a * b).sqrt(), zero = ZerosLike.Call(cosine);
        Tensor near = Where.Call(target.eq(1), 1 - cosine, zero), far = Where.Call(target.eq(-1), (cosine - margin).clamp_min(0), zero);
        return LossReduction.Apply(near + far, reduction);
    }
}

[CompositeOp("triplet_margin_loss", In = "torch.nn.functional", Method = false)]
internal static partial class TripletMarginLoss
{
    /// <summary>max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin).</summary>
    static Tensor Compose(Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, double p = 2, double eps = 1e-6, bool swap = false, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(anchor.Rank == positive.Rank && positive.Rank == negative.Rank,
            $"All inputs should have same dimension but got {anchor.Rank}D, {positive.Rank}D and {negative.Rank}D inputs.");
        Tensor near = PairwiseDistance.Call(anchor, positive, p, eps), far = PairwiseDistance.Call(anchor, negative, p, eps);
        if (swap) far = Minimum.Call(far, PairwiseDistance.Call(positive, negative, p, eps));
        return LossReduction.Apply((margin + near - far).clamp_min(0), reduction);
    }
}

[CompositeOp("triplet_margin_with_distance_loss", In = "torch.nn.functional", Method = false)]
internal static partial class TripletMarginWithDistanceLoss
{
    /// <summary>max(0, distance(anchor, positive) − distance(anchor, negative) + margin), by default with the Euclidean distance.</summary>
    static Tensor Compose(Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance_function = null, double margin = 1.0, bool swap = false, string reduction = "mean")
    {
        reduction = LossReduction.Require(reduction);
        Func<Tensor, Tensor, Tensor> distance = distance_function ?? ((a, b) => PairwiseDistance.Call(a, b));
        Tensor near = distance(anchor, positive), far = distance(anchor, negative);
        if (swap) far = Minimum.Call(far, distance(positive, negative));
        return LossReduction.Apply((near - far + margin).clamp(min: 0), reduction);
    }
}
