namespace Facula.Modules;

/// <summary>p-norm of the difference of rows.</summary>
[Factory("torch.nn")]
public class PairwiseDistance : nn.Module<Tensor, Tensor, Tensor>
{
    public PairwiseDistance(double p = 2, double eps = 1e-6, bool keepdim = false)
    {
        this.p = p;
        this.eps = eps;
        this.keepdim = keepdim;
    }

    public double p { get; set; }
    public double eps { get; set; }
    public bool keepdim { get; set; }

    public override Tensor forward(Tensor x1, Tensor x2) => nn.functional.pairwise_distance(x1, x2, p, eps, keepdim);
}
