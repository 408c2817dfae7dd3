using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Laplace distribution: exponential to both sides.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.laplace")]
public class Laplace : Distribution
{
    /// <param name="loc">The location, a number or a tensor.</param>
    /// <param name="scale">The scale, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Laplace(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null)
    {
        (this.loc, this.scale) = Parameters.Broadcast2(loc, scale);
        Initialize(this.loc.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The location.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The scale.</summary>
    public Tensor scale { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc), new("scale", constraints.positive, () => scale)];

    /// <inheritdoc/>
    public override Laplace expand(Size batch_shape)
    {
        Laplace copy = Copy<Laplace>(batch_shape);
        (copy.loc, copy.scale) = (loc.expand(batch_shape), scale.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real;
    public override Tensor mean => loc;
    public override Tensor mode => loc;
    public override Tensor variance => 2 * scale.pow(2);
    public override Tensor stddev => Math.Sqrt(2) * scale;

    public override Tensor rsample(Size sample_shape = default)
    {
        Tensor u = Tensor.Allocate(_extended_shape(sample_shape), loc.DType, loc.device).uniform_(torch.finfo(loc.DType).eps - 1, 1, Source);
        return loc - scale * u.sign() * torch.log1p(-u.abs());
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return -torch.log(2 * scale) - torch.abs(value - loc) / scale;
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return 0.5 - 0.5 * (value - loc).sign() * torch.expm1(-(value - loc).abs() / scale);
    }

    public override Tensor icdf(Tensor value)
    {
        Tensor term = value - 0.5;
        return loc - scale * term.sign() * torch.log1p(-2 * term.abs());
    }

    public override Tensor entropy() => 1 + torch.log(2 * scale);
}
