using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The beta distribution over numbers from 0 to 1.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.beta")]
public class Beta : ExponentialFamily
{
    private Dirichlet _dirichlet;

    /// <param name="concentration1">The first concentration, α: a number or a tensor.</param>
    /// <param name="concentration0">The second concentration, β: a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Beta(Tensor concentration1, Tensor concentration0, bool? validate_args = null, Generator? generator = null)
    {
        _dirichlet = new Dirichlet(torch.stack(Parameters.Broadcast(concentration1, concentration0), -1), validate_args, generator);
        Initialize(_dirichlet.batch_shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The first concentration, α.</summary>
    public Tensor concentration1 => _dirichlet.concentration[Ellipsis, 0];

    /// <summary>The second concentration, β.</summary>
    public Tensor concentration0 => _dirichlet.concentration[Ellipsis, 1];

    protected override IEnumerable<Argument> Arguments =>
        [new("concentration1", constraints.positive, () => concentration1, false), new("concentration0", constraints.positive, () => concentration0, false)];

    /// <inheritdoc/>
    public override Beta expand(Size batch_shape)
    {
        Beta copy = Copy<Beta>(batch_shape);
        copy._dirichlet = _dirichlet.expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.unit_interval;
    public override Tensor mean => concentration1 / (concentration1 + concentration0);
    public override Tensor mode => _dirichlet.mode[Ellipsis, 0];

    public override Tensor variance
    {
        get
        {
            Tensor total = concentration1 + concentration0;
            return concentration1 * concentration0 / (total.pow(2) * (total + 1));
        }
    }

    public override Tensor rsample(Size sample_shape = default) => _dirichlet.rsample(sample_shape).select(-1, 0);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return _dirichlet.log_prob(torch.stack([value, 1.0 - value], -1));
    }

    public override Tensor entropy() => _dirichlet.entropy();
    protected internal override Tensor[] _natural_params => [concentration1, concentration0];

    protected internal override Tensor _log_normalizer(params Tensor[] natural_params) =>
        torch.lgamma(natural_params[0]) + torch.lgamma(natural_params[1]) - torch.lgamma(natural_params[0] + natural_params[1]);
}
