namespace Facula.Modules;

/// <summary>max(0, d(a, p) − d(a, n) + margin) with a distance of one's own, by default the Euclidean.</summary>
[Factory("torch.nn")]
public class TripletMarginWithDistanceLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor, Tensor> _distance;

    public TripletMarginWithDistanceLoss(Func<Tensor, Tensor, Tensor>? distance_function = null, double margin = 1.0, bool swap = false, string reduction = "mean")
        : base(null, null, reduction)
    {
        this.margin = margin;
        this.swap = swap;
        if (distance_function is null)
        {
            this.distance_function = new PairwiseDistance();
            _distance = this.distance_function.call;
        }
        else _distance = distance_function;
    }

    /// <summary>With a module as the distance.</summary>
    public TripletMarginWithDistanceLoss(nn.Module<Tensor, Tensor, Tensor> distance_function, double margin = 1.0, bool swap = false, string reduction = "mean")
        : base(null, null, reduction)
    {
        this.distance_function = distance_function;
        this.margin = margin;
        this.swap = swap;
        _distance = distance_function.call;
    }

    /// <summary>The distance when it is a module, else null.</summary>
    public nn.Module<Tensor, Tensor, Tensor>? distance_function { get; }

    public double margin { get; }
    public bool swap { get; }

    public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative) =>
        nn.functional.triplet_margin_with_distance_loss(anchor, positive, negative, _distance, margin, swap, reduction);
}
