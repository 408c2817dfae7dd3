namespace Facula.Ops;

[CompositeOp("l1_loss", In = "torch.nn.functional", Method = false)]
internal static partial class L1Loss
{
    /// <summary>The absolute differences of input and target, or their mean or sum.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        (input, target) = LossReduction.Broadcast(input, target);
        return LossReduction.Apply((input - target).abs(), reduction);
    }
}
