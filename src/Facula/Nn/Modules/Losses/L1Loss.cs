namespace Facula.Modules;

/// <summary>Mean absolute difference.</summary>
[Factory("torch.nn")]
public class L1Loss : Loss<Tensor, Tensor, Tensor>
{
    public L1Loss(bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.l1_loss(input, target, reduction: reduction);
}
