namespace Facula.Modules;

/// <summary>Binary cross entropy of logits averaged over classes.</summary>
[Factory("torch.nn")]
public class MultiLabelSoftMarginLoss : Loss<Tensor, Tensor, Tensor>
{
    public MultiLabelSoftMarginLoss(Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        if (weight is not null) register_buffer("weight", weight);
    }

    /// <summary>Rescaling of each class.</summary>
    public Tensor? weight
    {
        get => BufferOrNull("weight");
        set => register_buffer("weight", value);
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.multilabel_soft_margin_loss(input, target, weight, reduction: reduction);
}
