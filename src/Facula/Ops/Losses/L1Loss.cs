using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("l1_loss", Public = false, Out = false)]
internal static partial class L1LossOp
{
    /// <summary>The mean or sum of the absolute differences of input and target.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, string reduction) => PairLosses.Infer(input, target, reduction);

    static string NodeName(string reduction) => reduction == "mean" ? "MeanBackward0" : "SumBackward0";

    static void Compute(Tensor input, Tensor target, string reduction, Tensor result) =>
        PairLosses.Forward("l1_loss", new AbsoluteError<float>(), new AbsoluteError<double>(), input, target, reduction, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, string reduction) => Slope(grad, input, target, reduction);

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor target, string reduction) => -Slope(grad, input, target, reduction);

    private static Tensor Slope(Tensor grad, Tensor input, Tensor target, string reduction) => GradMode.Enabled
        ? (input - target).sgn() * (grad * LossReduction.Factor(reduction, input.SizesRef))
        : PairLosses.Backward(new AbsoluteError<float>(), new AbsoluteError<double>(), grad, input, target, reduction);
}

[CompositeOp("l1_loss", In = "torch.nn.functional", Method = false)]
internal static partial class L1Loss
{
    /// <summary>The absolute differences of input and target, or their mean or sum.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        (input, target) = LossReduction.Broadcast(input, target);
        return reduction != "none" && PairLosses.Takes(input, target) ? L1LossOp.Call(input, target, reduction) : LossReduction.Apply((input - target).abs(), reduction);
    }
}
