using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Cauchy distribution: the ratio of two normal variables; without mean or variance.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.cauchy")]
public class Cauchy : Distribution
{
    /// <param name="loc">The location, a number or a tensor.</param>
    /// <param name="scale">The scale, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Cauchy(Tensor loc, Tensor scale, bool? validate_args = null, Generator? generator = null)
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
    public override Cauchy expand(Size batch_shape)
    {
        Cauchy copy = Copy<Cauchy>(batch_shape);
        (copy.loc, copy.scale) = (loc.expand(batch_shape), scale.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real;
    public override Tensor mean => Parameters.Full(_extended_shape(), double.NaN, loc);
    public override Tensor mode => loc;
    public override Tensor variance => Parameters.Full(_extended_shape(), double.PositiveInfinity, loc);
    public override Tensor rsample(Size sample_shape = default) => loc + Tensor.Allocate(_extended_shape(sample_shape), loc.DType, loc.device).cauchy_(generator: Source) * scale;

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return -Math.Log(Math.PI) - scale.log() - (1 + ((value - loc) / scale).pow(2)).log();
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        return torch.atan((value - loc) / scale) / Math.PI + 0.5;
    }

    public override Tensor icdf(Tensor value) => torch.tan(Math.PI * (value - 0.5)) * scale + loc;
    public override Tensor entropy() => Math.Log(4 * Math.PI) + scale.log();
}
