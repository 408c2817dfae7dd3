namespace Facula.Modules;

/// <summary>The absolute value of a Cauchy variable of location 0.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.half_cauchy")]
public class HalfCauchy : HalfDistribution
{
    /// <param name="scale">The scale of the full distribution, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public HalfCauchy(Tensor scale, bool? validate_args = null, Generator? generator = null) => Initialize(new Cauchy(0, scale, validate_args: false, generator), [new AbsTransform()], validate_args);

    /// <inheritdoc/>
    public override Tensor scale => ((Cauchy)base_dist).scale;

    /// <inheritdoc/>
    public override HalfCauchy expand(Size batch_shape) => (HalfCauchy)base.expand(batch_shape);
    public override Tensor mean => Parameters.Full(_extended_shape(), double.PositiveInfinity, scale);
    public override Tensor variance => base_dist.variance;
}
