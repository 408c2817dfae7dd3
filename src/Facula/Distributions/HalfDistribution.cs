using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The absolute value of a variable that is symmetric about 0.</summary>
public abstract class HalfDistribution : TransformedDistribution
{
    private protected HalfDistribution() { }

    /// <summary>The scale of the full distribution.</summary>
    public abstract Tensor scale { get; }

    protected override IEnumerable<Argument> Arguments => [new("scale", constraints.positive, () => scale, false)];
    public override constraints.Constraint support => constraints.nonnegative;
    public override Tensor mode => torch.zeros_like(scale);

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return torch.where(value >= 0, base_dist.log_prob(value) + Math.Log(2), double.NegativeInfinity);
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return 2 * base_dist.cdf(value) - 1;
    }

    public override Tensor icdf(Tensor value) => base_dist.icdf((value + 1) / 2);
    public override Tensor entropy() => base_dist.entropy() - Math.Log(2);
}
