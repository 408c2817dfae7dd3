using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("huber_loss", Public = false, Out = false, Node = "HuberLossBackward0")]
internal static partial class HuberLossOp
{
    /// <summary>Half the squared differences up to <paramref name="delta"/>, linear beyond.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, string reduction, double delta) => PairLosses.Infer(input, target, reduction);

    static void Compute(Tensor input, Tensor target, string reduction, double delta, Tensor result) =>
        PairLosses.Forward("huber_loss", new HuberError<float>((float)delta), new HuberError<double>(delta), input, target, reduction, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, string reduction, double delta) => Slope(grad, input, target, reduction, delta);

    static Tensor GradTarget(Tensor grad, Tensor input, Tensor target, string reduction, double delta) => -Slope(grad, input, target, reduction, delta);

    private static Tensor Slope(Tensor grad, Tensor input, Tensor target, string reduction, double delta)
    {
        if (!GradMode.Enabled && reduction != "none") return PairLosses.Backward(new HuberError<float>((float)delta), new HuberError<double>(delta), grad, input, target, reduction);
        Tensor difference = input - target;
        return Where.Call(difference.abs() <= delta, difference, difference.sgn() * delta) * (grad * LossReduction.Factor(reduction, input.SizesRef));
    }
}

[CompositeOp("huber_loss", In = "torch.nn.functional", Method = false)]
internal static partial class HuberLoss
{
    /// <summary>Half the squared differences up to <paramref name="delta"/>, linear beyond.</summary>
    static Tensor Compose(Tensor input, Tensor target, string reduction = "mean", double delta = 1.0)
    {
        reduction = LossReduction.Require(reduction);
        Check.That(delta > 0, $"huber_loss does not support non-positive values for delta.");
        (input, target) = LossReduction.Broadcast(input, target);
        return HuberLossOp.Call(input, target, reduction, delta);
    }
}
