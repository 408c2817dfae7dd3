namespace Facula.Modules;

/// <summary>Hinge loss of one class against the others.</summary>
[Factory("torch.nn")]
public class MultiMarginLoss : Loss<Tensor, Tensor, Tensor>
{
    public MultiMarginLoss(long p = 1, double margin = 1.0, Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        this.p = p;
        this.margin = margin;
        if (weight is not null) register_buffer("weight", weight);
    }

    public long p { get; }
    public double margin { get; }
    /// <summary>Rescaling of each class.</summary>
    public Tensor? weight
    {
        get => BufferOrNull("weight");
        set => register_buffer("weight", value);
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.multi_margin_loss(input, target, p: p, margin: margin, weight: weight, reduction: reduction);
}
