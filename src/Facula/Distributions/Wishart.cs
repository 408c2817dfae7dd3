using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The Wishart distribution over positive definite matrices: sums of squares of normal vectors.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.wishart")]
public class Wishart : ExponentialFamily
{
    private const int Tries = 10;
    private Tensor? _covariance, _precision, _trilGiven;
    private Tensor _tril;
    private Chi2 _chi2;

    /// <param name="df">The degrees of freedom, above n − 1: a number or a tensor.</param>
    /// <param name="covariance_matrix">The scale matrix (*, n, n); or</param>
    /// <param name="precision_matrix">its inverse (*, n, n); or</param>
    /// <param name="scale_tril">its lower Cholesky factor (*, n, n).</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public Wishart(Tensor df, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null, bool? validate_args = null, Generator? generator = null)
    {
        (Tensor given, _) = MultivariateNormal.TheOne(covariance_matrix, precision_matrix, scale_tril);
        if (given.Rank < 2) throw new ArgumentException("scale_tril must be at least two-dimensional, with optional leading batch dimensions");
        Size batch = df.IsWrappedNumber ? given.shape[..^2] : torch.broadcast_shapes(given.shape[..^2], df.shape);
        this.df = df.IsWrappedNumber ? Tensor.FromScalar(df.item(), given.DType, given.device) : df.expand(batch);
        long n = given.shape[^1];
        if ((this.df <= n - 1).any()) throw new ArgumentException($"Value of df={df} expected to be greater than ndim - 1 = {n - 1}.");
        Tensor matrix = given.expand(batch.Concat([-1, -1]));
        if (scale_tril is not null) _trilGiven = matrix;
        else if (covariance_matrix is not null) _covariance = matrix;
        else _precision = matrix;
        if ((this.df < n).any()) torch.warnings.warn("Low df values detected. Singular samples are highly likely to occur for ndim - 1 < df < ndim.");
        Initialize(batch, given.shape[^2..], validate_args, generator);
        _tril = scale_tril ?? (covariance_matrix is not null ? torch.linalg.cholesky(covariance_matrix) : Gaussian.PrecisionToScaleTril(given));
        _chi2 = Columns(batch);
    }

    // The squares on the diagonal of Bartlett's factor have n, n − 1, … degrees of freedom less.
    private Chi2 Columns(Size batch) => new(df.unsqueeze(-1) - torch.arange(event_shape[^1], dtype: _tril.DType, device: _tril.device).expand(batch.Concat([-1])), generator: Source);

    /// <summary>The degrees of freedom.</summary>
    public Tensor df { get; private set; }

    /// <summary>The lower Cholesky factor of the scale matrix (*, n, n).</summary>
    public Tensor scale_tril => Parameters.Lazily(ref _trilGiven, () => _tril.expand(_extended_shape()));

    /// <summary>The scale matrix (*, n, n).</summary>
    public Tensor covariance_matrix => Parameters.Lazily(ref _covariance, () => _tril.matmul(_tril.mT).expand(_extended_shape()));

    /// <summary>The inverse of the scale matrix (*, n, n).</summary>
    public Tensor precision_matrix => Parameters.Lazily(ref _precision, () => torch.cholesky_inverse(_tril).expand(_extended_shape()));

    protected override IEnumerable<Argument> Arguments =>
    [
        new("covariance_matrix", constraints.positive_definite, () => _covariance),
        new("precision_matrix", constraints.positive_definite, () => _precision),
        new("scale_tril", constraints.lower_cholesky, () => _trilGiven),
        new("df", constraints.greater_than(event_shape[^1] - 1), () => df),
    ];

    /// <inheritdoc/>
    public override Wishart expand(Size batch_shape)
    {
        Wishart copy = Copy<Wishart>(batch_shape);
        Size shape = batch_shape.Concat(event_shape.AsSpan());
        (copy._covariance, copy._precision, copy._trilGiven) = (_covariance?.expand(shape), _precision?.expand(shape), _trilGiven?.expand(shape));
        copy._tril = _tril.expand(shape);
        copy.df = df.expand(batch_shape);
        copy._chi2 = copy.Columns(batch_shape);
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.positive_definite;
    public override Tensor mean => df.expand(batch_shape).unsqueeze(-1).unsqueeze(-1) * covariance_matrix;

    public override Tensor mode
    {
        get
        {
            Tensor factor = df - covariance_matrix.shape[^1] - 1;
            return factor.masked_fill(factor <= 0, double.NaN).expand(batch_shape).unsqueeze(-1).unsqueeze(-1) * covariance_matrix;
        }
    }

    public override Tensor variance
    {
        get
        {
            Tensor v = covariance_matrix, diagonal = v.diagonal(dim1: -2, dim2: -1);
            return df.expand(batch_shape).unsqueeze(-1).unsqueeze(-1) * (v.pow(2) + diagonal.unsqueeze(-1) * diagonal.unsqueeze(-2));
        }
    }

    private Tensor Bartlett(Size sample_shape)
    {
        long p = event_shape[^1];
        Tensor diagonal = _chi2.rsample(sample_shape).sqrt();
        Tensor noise = diagonal.clamp(min: torch.finfo(diagonal.DType).eps).diag_embed(dim1: -2, dim2: -1);
        Tensor below = torch.tril_indices(p, p, -1);
        Tensor normal = torch.randn(sample_shape.Concat(batch_shape.AsSpan()).Concat([p * (p - 1) / 2]), dtype: noise.DType, device: noise.device, generator: Source);
        noise[Ellipsis, below[0], below[1]] = normal;
        Tensor factor = _tril.matmul(noise);
        return factor.matmul(factor.transpose(-2, -1));
    }

    public override Tensor rsample(Size sample_shape = default)
    {
        // Note [Wishart draws twice]
        using (torch.no_grad()) Bartlett(sample_shape);
        Tensor sample = Bartlett(sample_shape);
        for (int i = 1; i < Tries; i++)
        {
            Tensor singular = ~support.check(sample.detach());
            if (!singular.any()) break;
            sample = torch.where(singular.unsqueeze(-1).unsqueeze(-1), Bartlett(sample_shape), sample);
        }
        return sample;
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        long p = event_shape[^1];
        return -df * (p * Math.Log(2) / 2 + Gaussian.HalfLogDet(_tril)) - torch.mvlgamma(df / 2, p)
            + (df - p - 1) / 2 * torch.linalg.slogdet(value).logabsdet
            - torch.cholesky_solve(value, _tril).diagonal(dim1: -2, dim2: -1).sum(-1) / 2;
    }

    public override Tensor entropy()
    {
        long p = event_shape[^1];
        Tensor half = df / 2;
        Tensor digammas = torch.digamma(half.unsqueeze(-1) - torch.arange(p, dtype: half.DType, device: half.device) / 2).sum(-1);
        return (p + 1) * (p * Math.Log(2) / 2 + Gaussian.HalfLogDet(_tril)) + torch.mvlgamma(half, p) - (df - p - 1) / 2 * digammas + df * p / 2;
    }

    protected internal override Tensor _mean_carrier_measure => 0;
    protected internal override Tensor[] _natural_params => [-precision_matrix / 2, (df - event_shape[^1] - 1) / 2];

    protected internal override Tensor _log_normalizer(params Tensor[] natural_params)
    {
        long p = event_shape[^1];
        Tensor half = natural_params[1] + (p + 1) / 2.0;
        return half * (-torch.linalg.slogdet(-2 * natural_params[0]).logabsdet + Math.Log(2) * p) + torch.mvlgamma(half, p);
    }
}
