namespace Facula.Modules;

/// <summary>Hinge loss over several classes; input (N, C), target (N, C) with −1 at the end.</summary>
[Factory("torch.nn")]
public class MultiLabelMarginLoss : Loss<Tensor, Tensor, Tensor>
{
    public MultiLabelMarginLoss(bool? size_average = null, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
    }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.multilabel_margin_loss(input, target, reduction: reduction);
}
