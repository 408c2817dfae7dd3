namespace Facula.Modules;

/// <summary>Binary cross entropy of logits.</summary>
[Factory("torch.nn")]
public class BCEWithLogitsLoss : Loss<Tensor, Tensor, Tensor>
{
    public BCEWithLogitsLoss(Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean", Tensor? pos_weight = null)
        : base(size_average, reduce, reduction)
    {
        if (weight is not null) register_buffer("weight", weight);
        if (pos_weight is not null) register_buffer("pos_weight", pos_weight);
    }

    /// <summary>Rescaling of each class.</summary>
    public Tensor? weight
    {
        get => BufferOrNull("weight");
        set => register_buffer("weight", value);
    }

    /// <summary>Weight of positive examples.</summary>
    public Tensor? pos_weight
    {
        get => BufferOrNull("pos_weight");
        set => register_buffer("pos_weight", value);
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.binary_cross_entropy_with_logits(input, target, weight, pos_weight: pos_weight, reduction: reduction);
}
