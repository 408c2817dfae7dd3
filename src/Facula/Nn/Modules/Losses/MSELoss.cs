namespace Facula.Modules;

/// <summary>Mean squared difference.</summary>
[Factory("torch.nn")]
public class MSELoss : Loss<Tensor, Tensor, Tensor>
{
    public MSELoss(bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.mse_loss(input, target, reduction: reduction);
}
