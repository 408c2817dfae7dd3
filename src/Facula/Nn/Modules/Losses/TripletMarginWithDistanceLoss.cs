namespace Facula.Modules;

/// <summary>max(0, d(a, p) − d(a, n) + margin) with a distance of one's own.</summary>
[Factory("torch.nn")]
public class TripletMarginWithDistanceLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    public TripletMarginWithDistanceLoss(Func<Tensor, Tensor, Tensor>? distance_function = null, double margin = 1.0, bool swap = false, string reduction = "mean")
        : base(null, null, reduction)
    {
        this.distance_function = distance_function;
        if (distance_function is null) add_module("distance_function", new PairwiseDistance());
        this.margin = margin;
        this.swap = swap;
    }

    public Func<Tensor, Tensor, Tensor>? distance_function { get; }
    public double margin { get; }
    public bool swap { get; }

    public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative) =>
        nn.functional.triplet_margin_with_distance_loss(anchor, positive, negative, distance_function: distance_function, margin: margin, swap: swap, reduction: reduction);
}
