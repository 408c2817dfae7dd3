namespace Facula.Modules;

/// <summary>max(0, d(a, p) − d(a, n) + margin).</summary>
[Factory("torch.nn")]
public class TripletMarginLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    public TripletMarginLoss(double margin = 1.0, double p = 2.0, double eps = 1e-6, bool swap = false, bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        this.margin = margin;
        this.p = p;
        this.eps = eps;
        this.swap = swap;
    }

    public double margin { get; }
    public double p { get; }
    public double eps { get; }
    public bool swap { get; }

    public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative) =>
        nn.functional.triplet_margin_loss(anchor, positive, negative, margin: margin, p: p, eps: eps, swap: swap, reduction: reduction);
}
