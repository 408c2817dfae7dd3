using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Dirichlet distribution over probabilities (*, K) of concentration <c>concentration</c> (*, K).</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.dirichlet")]
public class Dirichlet : ExponentialFamily
{
    private static readonly constraints.Constraint s_concentration = constraints.independent(constraints.positive, 1);

    /// <param name="concentration">The concentration of each class (*, K).</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Dirichlet(Tensor concentration, bool? validate_args = null, Generator? generator = null)
    {
        if (concentration.Rank < 1) throw new ArgumentException("`concentration` parameter must be at least one-dimensional.");
        this.concentration = concentration;
        Initialize(concentration.shape[..^1], concentration.shape[^1..], validate_args, generator);
    }

    /// <summary>The concentration of each class (*, K).</summary>
    public Tensor concentration { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("concentration", s_concentration, () => concentration)];

    /// <inheritdoc/>
    public override Dirichlet expand(Size batch_shape)
    {
        Dirichlet copy = Copy<Dirichlet>(batch_shape);
        copy.concentration = concentration.expand(batch_shape.Concat(event_shape.AsSpan()));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.simplex;
    public override Tensor mean => concentration / concentration.sum(-1, true);

    public override Tensor mode
    {
        get
        {
            Tensor above = (concentration - 1).clamp(min: 0);
            Tensor inner = above / above.sum(-1, true);
            // Where every class is below one, the mode is a corner.
            Tensor corner = nn.functional.one_hot(inner.argmax(-1), concentration.shape[^1]).to(inner.DType);
            return torch.where((concentration < 1).all(-1, true), corner, inner);
        }
    }

    public override Tensor variance
    {
        get
        {
            Tensor total = concentration.sum(-1, true);
            return concentration * (total - concentration) / (total.pow(2) * (total + 1));
        }
    }

    public override Tensor rsample(Size sample_shape = default) => Ops.SampleDirichlet.Call(concentration.expand(_extended_shape(sample_shape)), Source);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return (torch.log(value) * (concentration - 1)).sum(-1) + torch.lgamma(concentration.sum(-1)) - torch.lgamma(concentration).sum(-1);
    }

    public override Tensor entropy()
    {
        long k = concentration.shape[^1];
        Tensor total = concentration.sum(-1);
        return torch.lgamma(concentration).sum(-1) - torch.lgamma(total) - (k - total) * torch.digamma(total)
            - ((concentration - 1) * torch.digamma(concentration)).sum(-1);
    }

    protected internal override Tensor[] _natural_params => [concentration];
    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) => torch.lgamma(natural_params[0]).sum(-1) - torch.lgamma(natural_params[0].sum(-1));
}
