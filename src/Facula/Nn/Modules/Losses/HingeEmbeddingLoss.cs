namespace Facula.Modules;

/// <summary>x for target 1, max(0, margin − x) for target −1.</summary>
[Factory("torch.nn")]
public class HingeEmbeddingLoss : Loss<Tensor, Tensor, Tensor>
{
    public HingeEmbeddingLoss(double margin = 1.0, bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        this.margin = margin;
    }

    public double margin { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.hinge_embedding_loss(input, target, margin: margin, reduction: reduction);
}
