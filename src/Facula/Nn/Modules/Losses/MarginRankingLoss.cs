namespace Facula.Modules;

/// <summary>max(0, −y·(x₁ − x₂) + margin).</summary>
[Factory("torch.nn")]
public class MarginRankingLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    public MarginRankingLoss(double margin = 0.0, bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        this.margin = margin;
    }

    public double margin { get; }

    public override Tensor forward(Tensor input1, Tensor input2, Tensor target) =>
        nn.functional.margin_ranking_loss(input1, input2, target, margin, reduction: reduction);
}
