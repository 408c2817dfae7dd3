namespace Facula.Modules;

/// <summary>Squared below beta, absolute above.</summary>
[Factory("torch.nn")]
public class SmoothL1Loss : Loss<Tensor, Tensor, Tensor>
{
    public SmoothL1Loss(bool? size_average = null, bool? reduce = null, string reduction = "mean", double beta = 1.0)
        : base(size_average, reduce, reduction)
    {
        this.beta = beta;
    }

    public double beta { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.smooth_l1_loss(input, target, reduction: reduction, beta: beta);
}
