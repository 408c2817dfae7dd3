using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The χ² distribution of <c>df</c> degrees of freedom: a sum of squares of so many standard normal variables.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.chi2")]
public class Chi2 : Gamma
{
    /// <param name="df">The degrees of freedom, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Chi2(Tensor df, bool? validate_args = null, Generator? generator = null) : base(df.IsWrappedNumber ? 0.5 * df.item().ToDouble() : 0.5 * df, 0.5) =>
        Initialize(concentration.shape, validate_args: validate_args, generator: generator);

    /// <summary>The degrees of freedom.</summary>
    public Tensor df => concentration * 2;

    protected override IEnumerable<Argument> Arguments => [new("df", constraints.positive, () => df, false)];
    /// <inheritdoc/>
    public override Chi2 expand(Size batch_shape) => (Chi2)base.expand(batch_shape);
}
