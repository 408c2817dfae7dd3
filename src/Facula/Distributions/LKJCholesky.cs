using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>
/// The LKJ distribution over lower Cholesky factors of <c>dim</c>×<c>dim</c> correlation matrices; concentration 1 is uniform over the matrices.
/// Draws equal PyTorch's, which are more correlated than the density says when <c>dim</c> is above 2.
/// </summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.lkj_cholesky")]
public class LKJCholesky : Distribution
{
    private Beta _beta;

    /// <param name="dim">The size of the matrices, at least 2.</param>
    /// <param name="concentration">How near the identity the matrices are, a number or a tensor; 1 when it is not given.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public LKJCholesky(long dim, Tensor? concentration = null, bool? validate_args = null, Generator? generator = null)
    {
        if (dim < 2) throw new ArgumentException($"Expected dim to be an integer greater than or equal to 2. Found dim={dim}.");
        this.dim = dim;
        this.concentration = Parameters.Broadcast(concentration ?? 1.0)[0];
        // The onion method: the length of row i beside the diagonal is a beta variable, its direction uniform. Note [LKJ rows]
        Tensor marginal = this.concentration + 0.5 * (dim - 2);
        Tensor offset = torch.arange(dim - 1, dtype: this.concentration.DType, device: this.concentration.device);
        offset = torch.cat([offset.new_zeros(new Size(1)), offset]);
        _beta = new Beta(offset + 0.5, marginal.unsqueeze(-1) - 0.5 * offset, generator: generator);
        Initialize(this.concentration.shape, new Size(dim, dim), validate_args, generator);
    }

    /// <summary>The size of the matrices.</summary>
    public long dim { get; }

    /// <summary>How near the identity the matrices are.</summary>
    public Tensor concentration { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("concentration", constraints.positive, () => concentration)];

    /// <inheritdoc/>
    public override LKJCholesky expand(Size batch_shape)
    {
        LKJCholesky copy = Copy<LKJCholesky>(batch_shape);
        copy.concentration = concentration.expand(batch_shape);
        copy._beta = _beta.expand(batch_shape.Concat([dim]));
        return copy;
    }

    public override constraints.Constraint support => constraints.corr_cholesky;

    public override Tensor sample(Size sample_shape = default)
    {
        Tensor y = _beta.sample(sample_shape).unsqueeze(-1);
        Tensor normal = torch.randn(_extended_shape(sample_shape), dtype: y.DType, device: y.device, generator: Source).tril(-1);
        Tensor direction = normal / normal.norm(dim: -1, keepdim: true);
        direction[Ellipsis, 0, ..] = 0;
        Tensor w = torch.sqrt(y) * direction;
        Tensor diagonal = (1 - w.pow(2).sum(-1)).clamp(min: torch.finfo(w.DType).tiny).sqrt();
        return w + diagonal.diag_embed();
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor diagonal = value.diagonal(dim1: -1, dim2: -2)[Ellipsis, 1..];
        Tensor order = 2 * (concentration - 1).unsqueeze(-1) + dim - torch.arange(2, dim + 1, device: concentration.device);
        Tensor unnormalized = (order * diagonal.log()).sum(-1);
        // The normaliser of Lewandowski, Kurowicka and Joe, page 1999.
        long rest = dim - 1;
        Tensor alpha = concentration + 0.5 * rest;
        Tensor normalizer = 0.5 * rest * Math.Log(Math.PI) + torch.mvlgamma(alpha - 0.5, rest) - torch.lgamma(alpha) * rest;
        return unnormalized - normalizer;
    }
}
