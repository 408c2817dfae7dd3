using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("kl_div", Public = false, Out = false)]
internal static partial class KlDivOp
{
    /// <summary>The mean or sum of the terms of the divergence; the target is constant.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, bool log_target, string reduction) => PairLosses.Infer(input, target, reduction);

    static string NodeName(string reduction) => reduction == "mean" ? "MeanBackward0" : "SumBackward0";

    static void Compute(Tensor input, Tensor target, bool log_target, string reduction, Tensor result)
    {
        if (log_target) PairLosses.Forward("kl_div", new LogDivergence<float>(), new LogDivergence<double>(), input, target, reduction, result);
        else PairLosses.Forward("kl_div", new Divergence<float>(), new Divergence<double>(), input, target, reduction, result);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, bool log_target, string reduction)
    {
        if (GradMode.Enabled) return -(log_target ? target.exp() : target) * (grad * LossReduction.Factor(reduction, input.SizesRef));
        return log_target
            ? PairLosses.Backward(new LogDivergence<float>(), new LogDivergence<double>(), grad, input, target, reduction)
            : PairLosses.Backward(new Divergence<float>(), new Divergence<double>(), grad, input, target, reduction);
    }
}

[CompositeOp("kl_div", In = "torch.nn.functional", Method = false)]
internal static partial class KlDiv
{
    /// <summary>The Kullback–Leibler divergence of log-probabilities from a target distribution.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean", bool log_target = false)
    {
        if (size_average is not null || reduce is not null) reduction = LossReduction.Resolve(size_average, reduce, reduction);
        else if (reduction == "mean")
            warnings.warn("reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.");
        else if (reduction != "batchmean") LossReduction.Require(reduction);
        // The gradient of the target needs the steps one by one.
        if (reduction != "none" && input.SizesRef == target.SizesRef && PairLosses.Takes(input, target) && !(GradMode.Enabled && target.NeedsGrad))
        {
            Tensor total = KlDivOp.Call(input, target, log_target, reduction == "mean" ? "mean" : "sum");
            return reduction == "batchmean" && input.Rank > 0 ? total / input.Sizes[0] : total;
        }
        Tensor loss = log_target
            ? target.exp() * (target - input)
            : torch.special.xlogy(target, target) - target * input;
        if (reduction != "batchmean") return LossReduction.Apply(loss, reduction);
        return input.Rank == 0 ? loss.sum() : loss.sum() / input.Sizes[0];
    }
}

[CompositeOp("poisson_nll_loss", In = "torch.nn.functional", Method = false)]
internal static partial class PoissonNllLoss
{
    /// <summary>The negative log likelihood of Poisson counts.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool log_input = true, bool full = false, bool? size_average = null, double eps = 1e-8, bool? reduce = null, string reduction = "mean")
    {
        if (size_average is not null || reduce is not null) reduction = LossReduction.Resolve(size_average, reduce, reduction);
        if (reduction is not ("none" or "mean" or "sum")) throw new ArgumentException(reduction + " is not valid");
        Tensor loss = log_input ? input.exp() - target * input : input - target * (input + eps).log();
        if (full)
        {
            Tensor stirling = target * target.log() - target + (target * (2 * Math.PI)).log() * 0.5;
            loss = loss + stirling.masked_fill(target.le(1), 0);
        }
        return LossReduction.Apply(loss, reduction);
    }
}

[CompositeOp("gaussian_nll_loss", In = "torch.nn.functional", Method = false)]
internal static partial class GaussianNllLoss
{
    /// <summary>The negative log likelihood of normal variables of mean <paramref name="input"/> and variance <paramref name="var"/>.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor var, bool full = false, double eps = 1e-6, string reduction = "mean")
    {
        if (var.SizesRef != input.SizesRef)
        {
            Size lead = input.Rank > 0 ? input.shape[..^1] : default;
            if (input.Rank > 0 && lead == var.SizesRef) var = Unsqueeze.Call(var, -1);
            else if (input.Rank == 0 || var.Rank == 0 || lead != var.shape[..^1] || var.Sizes[^1] != 1) throw new ArgumentException("var is of incorrect size");
        }
        if (reduction is not ("none" or "mean" or "sum")) throw new ArgumentException(reduction + " is not valid");
        if (var.lt(0).any().Truth()) throw new ArgumentException("var has negative entry/entries");
        Tensor safe = var.clone();
        using (torch.no_grad()) safe.clamp_(min: eps);
        Tensor difference = input - target;
        Tensor loss = (safe.log() + difference * difference / safe) * 0.5;
        if (full) loss = loss + 0.5 * Math.Log(2 * Math.PI);
        return LossReduction.Apply(loss, reduction);
    }
}
