using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Student's t distribution of <c>df</c> degrees of freedom.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.studentT")]
public class StudentT : Distribution
{
    private Chi2 _chi2;

    /// <param name="df">The degrees of freedom, a number or a tensor.</param>
    /// <param name="loc">The location, a number or a tensor; 0 when it is not given.</param>
    /// <param name="scale">The scale, a number or a tensor; 1 when it is not given.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public StudentT(Tensor df, Tensor? loc = null, Tensor? scale = null, bool? validate_args = null, Generator? generator = null)
    {
        Tensor[] all = Parameters.Broadcast(df, loc ?? 0.0, scale ?? 1.0);
        (this.df, this.loc, this.scale) = (all[0], all[1], all[2]);
        _chi2 = new Chi2(this.df, generator: generator);
        Initialize(this.df.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The degrees of freedom.</summary>
    public Tensor df { get; private set; }

    /// <summary>The location.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The scale.</summary>
    public Tensor scale { get; private set; }

    protected override IEnumerable<Argument> Arguments =>
        [new("df", constraints.positive, () => df), new("loc", constraints.real, () => loc), new("scale", constraints.positive, () => scale)];

    /// <inheritdoc/>
    public override StudentT expand(Size batch_shape)
    {
        StudentT copy = Copy<StudentT>(batch_shape);
        (copy.df, copy.loc, copy.scale) = (df.expand(batch_shape), loc.expand(batch_shape), scale.expand(batch_shape));
        copy._chi2 = _chi2.expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real;
    public override Tensor mean => loc.masked_fill(df <= 1, double.NaN);
    public override Tensor mode => loc;

    public override Tensor variance
    {
        get
        {
            Tensor safe = torch.where(df > 2, df, 3);   // keeps the unused branch, and its gradient, finite
            Tensor unbounded = torch.full_like(df, double.PositiveInfinity).masked_fill(df <= 1, double.NaN);
            return torch.where(df > 2, scale.pow(2) * safe / (safe - 2), unbounded);
        }
    }

    public override Tensor rsample(Size sample_shape = default)
    {
        // A normal variable over the root of an independent χ² one.
        Tensor normal = Parameters.StandardNormal(_extended_shape(sample_shape), df, Source);
        Tensor square = _chi2.rsample(sample_shape);
        return loc + scale * (normal * torch.rsqrt(square / df));
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor y = (value - loc) / scale;
        Tensor normalizer = scale.log() + 0.5 * df.log() + 0.5 * Math.Log(Math.PI) + torch.lgamma(0.5 * df) - torch.lgamma(0.5 * (df + 1));
        return -0.5 * (df + 1) * torch.log1p(y.pow(2) / df) - normalizer;
    }

    public override Tensor entropy()
    {
        Tensor beta = torch.lgamma(0.5 * df) + 0.5 * Math.Log(Math.PI) - torch.lgamma(0.5 * (df + 1));
        return scale.log() + 0.5 * (df + 1) * (torch.digamma(0.5 * (df + 1)) - torch.digamma(0.5 * df)) + 0.5 * df.log() + beta;
    }
}
