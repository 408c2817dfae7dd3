namespace Facula.Modules;

/// <summary>Kullback–Leibler divergence of log-probabilities from a target.</summary>
[Factory("torch.nn")]
public class KLDivLoss : Loss<Tensor, Tensor, Tensor>
{
    public KLDivLoss(bool? size_average = null, bool? reduce = null, string reduction = "mean", bool log_target = false)
        : base(size_average, reduce, reduction)
    {
        this.log_target = log_target;
    }

    public bool log_target { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.kl_div(input, target, reduction: reduction, log_target: log_target);
}
