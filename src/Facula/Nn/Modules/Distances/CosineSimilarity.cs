namespace Facula.Modules;

/// <summary>Cosine of the angle between vectors along a dimension.</summary>
[Factory("torch.nn")]
public class CosineSimilarity : nn.Module<Tensor, Tensor, Tensor>
{
    public CosineSimilarity(long dim = 1, double eps = 1e-8)
    {
        this.dim = dim;
        this.eps = eps;
    }

    public long dim { get; set; }
    public double eps { get; set; }

    public override Tensor forward(Tensor x1, Tensor x2) => nn.functional.cosine_similarity(x1, x2, dim, eps);
}
