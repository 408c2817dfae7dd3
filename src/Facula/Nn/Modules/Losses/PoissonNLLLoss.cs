namespace Facula.Modules;

/// <summary>Negative log likelihood of Poisson counts.</summary>
[Factory("torch.nn")]
public class PoissonNLLLoss : Loss<Tensor, Tensor, Tensor>
{
    public PoissonNLLLoss(bool log_input = true, bool full = false, bool? size_average = null, double eps = 1e-8, bool? reduce = null, string reduction = "mean")
        : base(size_average, reduce, reduction)
    {
        this.log_input = log_input;
        this.full = full;
        this.eps = eps;
    }

    public bool log_input { get; }
    public bool full { get; }
    public double eps { get; }

    public override Tensor forward(Tensor log_input, Tensor target) =>
        nn.functional.poisson_nll_loss(log_input, target, this.log_input, full, eps: eps, reduction: reduction);
}
