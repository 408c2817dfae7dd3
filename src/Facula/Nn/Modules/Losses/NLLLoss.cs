namespace Facula.Modules;

/// <summary>Negative log likelihood of classes; input (N, C, …) log-probabilities, target (N, …).</summary>
[Factory("torch.nn")]
public class NLLLoss : Loss<Tensor, Tensor, Tensor>
{
    public NLLLoss(Tensor? weight = null, bool? size_average = null, long ignore_index = -100, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        if (weight is not null) register_buffer("weight", weight);
        this.ignore_index = ignore_index;
    }

    /// <summary>Rescaling of each class.</summary>
    public Tensor? weight
    {
        get => BufferOrNull("weight");
        set => register_buffer("weight", value);
    }

    public long ignore_index { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.nll_loss(input, target, weight, ignore_index: ignore_index, reduction: reduction);
}
