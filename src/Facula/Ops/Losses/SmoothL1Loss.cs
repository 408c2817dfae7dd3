using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("smooth_l1_loss", Public = false, Out = false, Node = "SmoothL1LossBackward0")]
internal static partial class SmoothL1LossOp
{
    /// <summary>The absolute differences, squared near 0: quadratic up to <paramref name="beta"/>, then linear.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, string reduction, double beta) => PairLosses.Infer(input, target, reduction);

    static void Compute(Tensor input, Tensor target, string reduction, double beta, Tensor result) =>
        PairLosses.Forward("smooth_l1_loss", new SmoothAbsoluteError<float>((float)beta), new SmoothAbsoluteError<double>(beta), input, target, reduction, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, string reduction, double beta) => Slope(grad, input, target, reduction, beta);

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor target, string reduction, double beta) => -Slope(grad, input, target, reduction, beta);

    private static Tensor Slope(Tensor grad, Tensor input, Tensor target, string reduction, double beta)
    {
        if (!GradMode.Enabled && reduction != "none") return PairLosses.Backward(new SmoothAbsoluteError<float>((float)beta), new SmoothAbsoluteError<double>(beta), grad, input, target, reduction);
        Tensor difference = input - target;
        return Where.Call(difference.abs() < beta, difference / beta, difference.sgn()) * (grad * LossReduction.Factor(reduction, input.SizesRef));
    }
}

[CompositeOp("smooth_l1_loss", In = "torch.nn.functional", Method = false)]
internal static partial class SmoothL1Loss
{
    /// <summary>The absolute differences, squared near 0: quadratic up to <paramref name="beta"/>, then linear.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean", double beta = 1.0)
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(beta >= 0, $"smooth_l1_loss does not support negative values for beta.");
        (input, target) = LossReduction.Broadcast(input, target);
        return beta == 0 ? L1Loss.Call(input, target, reduction: reduction) : SmoothL1LossOp.Call(input, target, reduction, beta);
    }
}
