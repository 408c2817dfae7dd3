using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mse_loss", Public = false, Out = false, Node = "MseLossBackward0")]
internal static partial class MseLossOp
{
    /// <summary>The squared differences of input and target, or their mean or sum.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, string reduction) => PairLosses.Infer(input, target, reduction);

    static void Compute(Tensor input, Tensor target, string reduction, Tensor result) =>
        PairLosses.Forward("mse_loss", new SquaredError<float>(), new SquaredError<double>(), input, target, reduction, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, string reduction) => Slope(grad, input, target, reduction);

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor target, string reduction) => -Slope(grad, input, target, reduction);

    private static Tensor Slope(Tensor grad, Tensor input, Tensor target, string reduction)
    {
        if (!GradMode.Enabled && reduction != "none") return PairLosses.Backward(new SquaredError<float>(), new SquaredError<double>(), grad, input, target, reduction);
        Tensor difference = input - target;
        return (difference * 2) * (grad * LossReduction.Factor(reduction, input.SizesRef));
    }
}

[CompositeOp("mse_loss", In = "torch.nn.functional", Method = false)]
internal static partial class MseLoss
{
    /// <summary>The squared differences of input and target, or their mean or sum.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        (input, target) = LossReduction.Broadcast(input, target);
        return MseLossOp.Call(input, target, reduction);
    }
}
