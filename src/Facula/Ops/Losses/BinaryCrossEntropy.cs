using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("_binary_cross_entropy", Public = false, Out = false, Node = "BinaryCrossEntropyBackward0")]
internal static partial class BinaryCrossEntropyOp
{
    /// <summary>−(target · log input + (1 − target) · log(1 − input)), logarithms not below −100.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, Tensor? weight, string reduction)
    {
        Check.That(input.DType == target.DType, $"Found dtype {target.DType.LegacyName} but expected {input.DType.LegacyName}");
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("binary_cross_entropy", input.DType);
        return new(reduction == "none" ? input.SizesRef : default, input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor target, Tensor? weight, string reduction, Tensor result)
    {
        if (weight is null && reduction != "none")
        {
            PairLosses.Forward("binary_cross_entropy", new BinaryCrossEntropy<float>(), new BinaryCrossEntropy<double>(), input, target, reduction, result);
            // Only what is no probability has no logarithm.
            if (double.IsNaN(result.GetElement(0).ToDouble())) Require(input.detach());
            return;
        }
        using var _ = torch.no_grad();
        Tensor x = input.detach(), y = target.detach();
        Require(x);
        Tensor loss = (y - 1) * (1 - x).log().clamp_min(-100) - y * x.log().clamp_min(-100);
        if (weight is not null) loss = loss * weight.detach();
        result.CopyRaw(LossReduction.Apply(loss, reduction));
    }

    private static void Require(Tensor x) =>
        Check.That(x.Numel == 0 || x.ge(0).logical_and(x.le(1)).all().Truth(), $"all elements of input should be between 0 and 1");

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, Tensor? weight, string reduction) => !GradMode.Enabled && weight is null && reduction != "none"
        ? PairLosses.Backward(new BinaryCrossEntropy<float>(), new BinaryCrossEntropy<double>(), grad, input, target, reduction)
        : LossReduction.Weighted(grad, weight, reduction, input.SizesRef) * (input - target) / ((1 - input) * input).clamp_min(1e-12);

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor target, Tensor? weight, string reduction) =>
        LossReduction.Weighted(grad, weight, reduction, input.SizesRef) * ((-input).log1p() - input.log());
}

[CompositeOp("binary_cross_entropy", In = "torch.nn.functional", Method = false)]
internal static partial class BinaryCrossEntropy
{
    /// <summary>The cross entropy of probabilities with targets between 0 and 1.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        if (target.SizesRef != input.SizesRef)
            throw new ArgumentException($"Using a target size ({target.SizesRef}) that is different to the input size ({input.SizesRef}) is deprecated. Please ensure they have the same size.");
        if (weight is not null) weight = Expand.Call(weight, Broadcasting.Shape(target, weight));
        return BinaryCrossEntropyOp.Call(input, target, weight, reduction);
    }
}

[TensorOp("_binary_cross_entropy_with_logits", Public = false, Out = false, Node = "BinaryCrossEntropyWithLogitsBackward0")]
internal static partial class BinaryCrossEntropyWithLogitsOp
{
    /// <summary>The cross entropy of the sigmoid of the input with the target, stable for large inputs.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, Tensor? weight, Tensor? pos_weight, string reduction) =>
        new(reduction == "none" ? input.SizesRef : default, Promotion.ResultType(input, target), input.device);

    private static bool IsPlain(Tensor input, Tensor target, Tensor? weight, Tensor? positive, string reduction) =>
        weight is null && positive is null && reduction != "none" && PairLosses.Takes(input, target);

    static void Compute(Tensor input, Tensor target, Tensor? weight, Tensor? pos_weight, string reduction, Tensor result)
    {
        if (IsPlain(input, target, weight, pos_weight, reduction))
        {
            PairLosses.Forward("binary_cross_entropy_with_logits", new BinaryCrossEntropyOfScores<float>(), new BinaryCrossEntropyOfScores<double>(), input, target, reduction, result);
            return;
        }
        using var _ = torch.no_grad();
        Tensor x = input.detach(), y = target.detach();
        // (1 − y)·x + (1 + (p − 1)·y)·(log(1 + e^−|x|) + max(−x, 0))
        Tensor tail = (-x.abs()).exp().log1p() + (-x).clamp_min(0);
        if (pos_weight is not null) tail = tail * ((pos_weight.detach() - 1) * y + 1);
        Tensor loss = (1 - y) * x + tail;
        if (weight is not null) loss = loss * weight.detach();
        result.CopyRaw(LossReduction.Apply(loss, reduction));
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, Tensor? weight, Tensor? pos_weight, string reduction)
    {
        if (!GradMode.Enabled && IsPlain(input, target, weight, pos_weight, reduction))
            return PairLosses.Backward(new BinaryCrossEntropyOfScores<float>(), new BinaryCrossEntropyOfScores<double>(), grad, input, target, reduction);
        Tensor slope;
        if (pos_weight is null) slope = input.sigmoid() - target;
        else
        {
            Tensor positive = pos_weight * target;
            slope = (positive + 1 - target) * input.sigmoid() - positive;
        }
        return slope * LossReduction.Weighted(grad, weight, reduction, input.SizesRef);
    }

    internal static Tensor LogSigmoid(Tensor x) => -((-x.abs()).exp().log1p() + (-x).clamp_min(0));

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor? weight, Tensor? pos_weight, string reduction)
    {
        Tensor slope = pos_weight is null ? -input : LogSigmoid(-input) - pos_weight * LogSigmoid(input);
        return slope * LossReduction.Weighted(grad, weight, reduction, input.SizesRef);
    }
}

[CompositeOp("binary_cross_entropy_with_logits", In = "torch.nn.functional", Method = false)]
internal static partial class BinaryCrossEntropyWithLogits
{
    /// <summary>The cross entropy of the sigmoid of scores with targets between 0 and 1.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean", Tensor? pos_weight = null)
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        if (target.SizesRef != input.SizesRef) throw new ArgumentException($"Target size ({target.SizesRef}) must be the same as input size ({input.SizesRef})");
        return BinaryCrossEntropyWithLogitsOp.Call(input, target, weight, pos_weight, reduction);
    }
}
