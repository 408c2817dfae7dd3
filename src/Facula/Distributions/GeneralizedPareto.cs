using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The generalised Pareto distribution of what exceeds a threshold; concentration 0 is exponential.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.generalized_pareto")]
public class GeneralizedPareto : Distribution
{
    /// <param name="loc">The threshold, a number or a tensor.</param>
    /// <param name="scale">The scale, a number or a tensor.</param>
    /// <param name="concentration">The weight of the tail, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public GeneralizedPareto(Tensor loc, Tensor scale, Tensor concentration, bool? validate_args = null, Generator? generator = null)
    {
        Tensor[] all = Parameters.Broadcast(loc, scale, concentration);
        (this.loc, this.scale, this.concentration) = (all[0], all[1], all[2]);
        Initialize(this.loc.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The threshold.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The scale.</summary>
    public Tensor scale { get; private set; }

    /// <summary>The weight of the tail.</summary>
    public Tensor concentration { get; private set; }

    protected override IEnumerable<Argument> Arguments =>
        [new("loc", constraints.real, () => loc), new("scale", constraints.positive, () => scale), new("concentration", constraints.real, () => concentration)];

    /// <inheritdoc/>
    public override GeneralizedPareto expand(Size batch_shape)
    {
        GeneralizedPareto copy = Copy<GeneralizedPareto>(batch_shape);
        (copy.loc, copy.scale, copy.concentration) = (loc.expand(batch_shape), scale.expand(batch_shape), concentration.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;

    public override constraints.Constraint support =>
        constraints.interval(loc, torch.where(concentration < 0, loc - scale / concentration, double.PositiveInfinity));

    // Concentrations of zero go by the limit; the other branch gets a harmless one.
    private (Tensor IsZero, Tensor Safe) Concentration
    {
        get
        {
            Tensor zero = torch.isclose(concentration, torch.zeros_like(concentration));
            return (zero, torch.where(zero, torch.ones_like(concentration), concentration));
        }
    }

    public override Tensor mean
    {
        get
        {
            Tensor valid = concentration < 1;
            return torch.where(valid, loc + scale / (1 - torch.where(valid, concentration, 0.5)), double.NaN);
        }
    }

    public override Tensor mode => loc;

    public override Tensor variance
    {
        get
        {
            Tensor valid = concentration < 0.5, safe = torch.where(valid, concentration, 0.25);
            return torch.where(valid, scale.pow(2) / ((1 - safe).pow(2) * (1 - 2 * safe)), double.NaN);
        }
    }

    public override Tensor rsample(Size sample_shape = default) => icdf(Parameters.StandardUniform(_extended_shape(sample_shape), loc, Source));

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor zero, Tensor safe) = Concentration;
        Tensor z = (value - loc) / scale, y = 1 / safe + torch.ones_like(z);
        Tensor tail = torch.where(y == 0, y, y * torch.log1p(safe * z));
        return -scale.log() - torch.where(zero, z, tail);
    }

    /// <summary>The logarithm of the probability of a draw above <paramref name="value"/>.</summary>
    public Tensor log_survival_function(Tensor value)
    {
        Check(value);
        (Tensor zero, Tensor safe) = Concentration;
        Tensor z = (value - loc) / scale;
        return torch.where(zero, -z, -torch.log1p(safe * z) / safe);
    }

    /// <summary>The logarithm of the probability of a draw up to <paramref name="value"/>.</summary>
    public Tensor log_cdf(Tensor value) => torch.log1p(-torch.exp(log_survival_function(value)));

    public override Tensor cdf(Tensor value) => -torch.expm1(log_survival_function(value));

    public override Tensor icdf(Tensor value)
    {
        (Tensor zero, Tensor safe) = Concentration;
        Tensor log = torch.log1p(-value);
        return torch.where(zero, loc - scale * log, loc + scale / safe * torch.expm1(-safe * log));
    }

    public override Tensor entropy() => scale.log() + concentration + 1;
}
