namespace Facula.Modules;

/// <summary>Cross entropy of logits (N, C, …) with class indices (N, …) or probabilities (N, C, …).</summary>
[Factory("torch.nn")]
public class CrossEntropyLoss : Loss<Tensor, Tensor, Tensor>
{
    public CrossEntropyLoss(Tensor? weight = null, bool? size_average = null, long ignore_index = -100, bool? reduce = null, string reduction = "mean", double label_smoothing = 0.0)
        : base(size_average, reduce, reduction)
    {
        if (weight is not null) register_buffer("weight", weight);
        this.ignore_index = ignore_index;
        this.label_smoothing = label_smoothing;
    }

    /// <summary>Rescaling of each class.</summary>
    public Tensor? weight
    {
        get => BufferOrNull("weight");
        set => register_buffer("weight", value);
    }

    public long ignore_index { get; }
    public double label_smoothing { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.cross_entropy(input, target, weight: weight, ignore_index: ignore_index, reduction: reduction, label_smoothing: label_smoothing);
}
