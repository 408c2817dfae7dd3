using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The F distribution: the ratio of two χ² variables, each divided by its degrees of freedom.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.fishersnedecor")]
public class FisherSnedecor : Distribution
{
    private Gamma _numerator, _denominator;

    /// <param name="df1">The degrees of freedom of the numerator, a number or a tensor.</param>
    /// <param name="df2">The degrees of freedom of the denominator, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public FisherSnedecor(Tensor df1, Tensor df2, bool? validate_args = null, Generator? generator = null)
    {
        (this.df1, this.df2) = Parameters.Broadcast2(df1, df2);
        _numerator = new Gamma(this.df1 * 0.5, this.df1, generator: generator);
        _denominator = new Gamma(this.df2 * 0.5, this.df2, generator: generator);
        Initialize(this.df1.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The degrees of freedom of the numerator.</summary>
    public Tensor df1 { get; private set; }

    /// <summary>The degrees of freedom of the denominator.</summary>
    public Tensor df2 { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("df1", constraints.positive, () => df1), new("df2", constraints.positive, () => df2)];

    /// <inheritdoc/>
    public override FisherSnedecor expand(Size batch_shape)
    {
        FisherSnedecor copy = Copy<FisherSnedecor>(batch_shape);
        (copy.df1, copy.df2) = (df1.expand(batch_shape), df2.expand(batch_shape));
        (copy._numerator, copy._denominator) = (_numerator.expand(batch_shape), _denominator.expand(batch_shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.positive;

    public override Tensor mean
    {
        get
        {
            Tensor d = df2.masked_fill(df2 <= 2, double.NaN);
            return d / (d - 2);
        }
    }

    public override Tensor mode => ((df1 - 2) / df1 * df2 / (df2 + 2)).masked_fill(df1 <= 2, double.NaN);

    public override Tensor variance
    {
        get
        {
            Tensor d = df2.masked_fill(df2 <= 4, double.NaN);
            return 2 * d.pow(2) * (df1 + d - 2) / (df1 * (d - 2).pow(2) * (d - 4));
        }
    }

    public override Tensor rsample(Size sample_shape = default)
    {
        Tensor above = _numerator.rsample(sample_shape), below = _denominator.rsample(sample_shape);
        double tiny = torch.finfo(below.DType).tiny;
        return (above / below.clamp(min: tiny)).clamp(min: tiny);
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor half1 = df1 * 0.5, half2 = df2 * 0.5, ratio = df1 / df2;
        Tensor constant = (half1 + half2).lgamma() - half1.lgamma() - half2.lgamma();
        return constant + (half1 * ratio.log() + (half1 - 1) * torch.log(value)) - (half1 + half2) * torch.log1p(ratio * value);
    }
}
