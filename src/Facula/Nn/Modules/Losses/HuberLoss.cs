namespace Facula.Modules;

/// <summary>Squared below delta, delta times absolute above.</summary>
[Factory("torch.nn")]
public class HuberLoss : Loss<Tensor, Tensor, Tensor>
{
    public HuberLoss(string reduction = "mean", double delta = 1.0)
        : base(null, null, reduction)
    {
        this.delta = delta;
    }

    public double delta { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.huber_loss(input, target, reduction: reduction, delta: delta);
}
