using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The continuous Bernoulli distribution on [0, 1]: density proportional to p^x·(1 − p)^(1 − x).</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.continuous_bernoulli")]
public class ContinuousBernoulli : ExponentialFamily
{
    private readonly (double Low, double High) _limits;
    private Odds _odds;

    /// <param name="probs">The parameter p; or</param>
    /// <param name="logits">its log-odds.</param>
    /// <param name="lims">Where p is so near ½ that a Taylor series takes over; (0.499, 0.501) when it is not given.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public ContinuousBernoulli(Tensor? probs = null, Tensor? logits = null, (double, double)? lims = null, bool? validate_args = null, Generator? generator = null)
    {
        Odds.RequireOne(probs, logits);
        if (probs is not null)
        {
            probs = Parameters.Broadcast(probs)[0];
            if (validate_args is not null && !constraints.unit_interval.check(probs).all()) throw new ArgumentException("The parameter probs has invalid values");
            probs = Parameters.ClampProbs(probs);
        }
        _odds = Odds.Of(probs, logits, clamped: true);
        _limits = lims ?? (0.499, 0.501);
        Initialize(_odds.Given.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The parameter p.</summary>
    public Tensor probs => _odds.Probs;

    /// <summary>The log-odds of p.</summary>
    public Tensor logits => _odds.Logits;

    /// <summary>The shape of the parameter.</summary>
    public Size param_shape => _odds.Given.shape;

    protected override IEnumerable<Argument> Arguments => _odds.Arguments(constraints.unit_interval, constraints.real);

    /// <inheritdoc/>
    public override ContinuousBernoulli expand(Size batch_shape)
    {
        ContinuousBernoulli copy = Copy<ContinuousBernoulli>(batch_shape);
        copy._odds = _odds.Expand(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.unit_interval;

    // Near ½ the formulas are 0/0.
    private Tensor Stable => (probs <= _limits.Low) | (probs > _limits.High);

    private Tensor Cut(Tensor stable) => torch.where(stable, probs, _limits.Low * torch.ones_like(probs));

    /// <summary>The logarithm of the normaliser.</summary>
    internal Tensor LogNormalizer()
    {
        Tensor stable = Stable, cut = Cut(stable);
        Tensor below = torch.where(cut <= 0.5, cut, torch.zeros_like(cut)), above = torch.where(cut >= 0.5, cut, torch.ones_like(cut));
        Tensor exact = torch.log(torch.abs(torch.log1p(-cut) - torch.log(cut)))
            - torch.where(cut <= 0.5, torch.log1p(-2.0 * below), torch.log(2.0 * above - 1.0));
        Tensor x = (probs - 0.5).pow(2);
        return torch.where(stable, exact, Math.Log(2) + (4.0 / 3.0 + 104.0 / 45.0 * x) * x);
    }

    public override Tensor mean
    {
        get
        {
            Tensor stable = Stable, cut = Cut(stable), x = probs - 0.5;
            Tensor exact = cut / (2.0 * cut - 1.0) + 1.0 / (torch.log1p(-cut) - torch.log(cut));
            return torch.where(stable, exact, 0.5 + (1.0 / 3.0 + 16.0 / 45.0 * x.pow(2)) * x);
        }
    }

    public override Tensor variance
    {
        get
        {
            Tensor stable = Stable, cut = Cut(stable), x = (probs - 0.5).pow(2);
            Tensor exact = cut * (cut - 1.0) / (1.0 - 2.0 * cut).pow(2) + 1.0 / (torch.log1p(-cut) - torch.log(cut)).pow(2);
            return torch.where(stable, exact, 1.0 / 12.0 - (1.0 / 15.0 - 128.0 / 945.0 * x) * x);
        }
    }

    public override Tensor rsample(Size sample_shape = default) => icdf(Parameters.StandardUniform(_extended_shape(sample_shape), probs, Source));

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        (Tensor l, Tensor v) = Parameters.Broadcast2(logits, value);
        return -nn.functional.binary_cross_entropy_with_logits(l, v, reduction: "none") + LogNormalizer();
    }

    public override Tensor cdf(Tensor value)
    {
        Check(value);
        Tensor stable = Stable, cut = Cut(stable);
        Tensor exact = (torch.pow(cut, value) * torch.pow(1.0 - cut, 1.0 - value) + cut - 1.0) / (2.0 * cut - 1.0);
        Tensor inside = torch.where(stable, exact, value);
        return torch.where(value <= 0.0, torch.zeros_like(value), torch.where(value >= 1.0, torch.ones_like(value), inside));
    }

    public override Tensor icdf(Tensor value)
    {
        Tensor stable = Stable, cut = Cut(stable);
        Tensor exact = (torch.log1p(-cut + value * (2.0 * cut - 1.0)) - torch.log1p(-cut)) / (torch.log(cut) - torch.log1p(-cut));
        return torch.where(stable, exact, value);
    }

    public override Tensor entropy()
    {
        Tensor ofZero = torch.log1p(-probs), ofOne = torch.log(probs);
        return mean * (ofZero - ofOne) - LogNormalizer() - ofZero;
    }

    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [logits];

    protected internal override Tensor _log_normalizer(params Tensor[] natural_params)
    {
        Tensor x = natural_params[0];
        Tensor stable = (x <= _limits.Low - 0.5) | (x > _limits.High - 0.5);
        Tensor cut = torch.where(stable, x, (_limits.Low - 0.5) * torch.ones_like(x));
        Tensor exact = torch.log(torch.abs(torch.exp(cut) - 1.0)) - torch.log(torch.abs(cut));
        return torch.where(stable, exact, 0.5 * x + x.pow(2) / 24.0 - x.pow(4) / 2880.0);
    }
}
