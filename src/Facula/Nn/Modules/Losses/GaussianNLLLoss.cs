namespace Facula.Modules;

/// <summary>Negative log likelihood of normal targets with given variances.</summary>
[Factory("torch.nn")]
public class GaussianNLLLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    public GaussianNLLLoss(bool full = false, double eps = 1e-6, string reduction = "mean")
        : base(null, null, reduction)
    {
        this.full = full;
        this.eps = eps;
    }

    public bool full { get; }
    public double eps { get; }

    public override Tensor forward(Tensor input, Tensor target, Tensor @var) =>
        nn.functional.gaussian_nll_loss(input, target, @var, full, eps, reduction);
}
