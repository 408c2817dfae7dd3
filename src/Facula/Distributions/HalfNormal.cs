namespace Facula.Modules;

/// <summary>The absolute value of a normal variable of location 0.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.half_normal")]
public class HalfNormal : HalfDistribution
{
    /// <param name="scale">The scale of the full distribution, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public HalfNormal(Tensor scale, bool? validate_args = null, Generator? generator = null) => Initialize(new Normal(0, scale, validate_args: false, generator), [new AbsTransform()], validate_args);

    /// <inheritdoc/>
    public override Tensor scale => ((Normal)base_dist).scale;

    /// <inheritdoc/>
    public override HalfNormal expand(Size batch_shape) => (HalfNormal)base.expand(batch_shape);
    public override Tensor mean => scale * Math.Sqrt(2 / Math.PI);
    public override Tensor variance => scale.pow(2) * (1 - 2 / Math.PI);
}
