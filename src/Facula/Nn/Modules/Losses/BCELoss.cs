namespace Facula.Modules;

/// <summary>Binary cross entropy of probabilities.</summary>
[Factory("torch.nn")]
public class BCELoss : Loss<Tensor, Tensor, Tensor>
{
    public BCELoss(Tensor? weight = null, bool? size_average = null, bool? reduce = null, string reduction = "mean")
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
        nn.functional.binary_cross_entropy(input, target, weight, reduction: reduction);
}
