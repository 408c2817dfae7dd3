using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The normal distribution of vectors with a covariance matrix, stated as such, as its inverse or as its lower Cholesky factor.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.multivariate_normal")]
public class MultivariateNormal : Distribution
{
    private Tensor? _covariance, _precision, _tril;

    /// <param name="loc">The mean (*, n).</param>
    /// <param name="covariance_matrix">The covariance (*, n, n); or</param>
    /// <param name="precision_matrix">its inverse (*, n, n); or</param>
    /// <param name="scale_tril">its lower Cholesky factor (*, n, n).</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public MultivariateNormal(Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null, bool? validate_args = null, Generator? generator = null)
    {
        if (loc.Rank < 1) throw new ArgumentException("loc must be at least one-dimensional.");
        (Tensor given, string name) = TheOne(covariance_matrix, precision_matrix, scale_tril);
        if (given.Rank < 2)
            throw new ArgumentException($"{(scale_tril is null ? name : "scale_tril matrix")} must be at least two-dimensional, with optional leading batch dimensions");
        Size batch = torch.broadcast_shapes(given.shape[..^2], loc.shape[..^1]);
        Tensor matrix = given.expand(batch.Concat([-1, -1]));
        if (scale_tril is not null) _tril = matrix;
        else if (covariance_matrix is not null) _covariance = matrix;
        else _precision = matrix;
        this.loc = loc.expand(batch.Concat([-1]));
        Initialize(batch, this.loc.shape[^1..], validate_args, generator);
        Tril = scale_tril ?? (covariance_matrix is not null ? torch.linalg.cholesky(covariance_matrix) : Gaussian.PrecisionToScaleTril(given));
    }

    /// <summary>The one matrix that was given, with its name.</summary>
    internal static (Tensor, string) TheOne(Tensor? covariance_matrix, Tensor? precision_matrix, Tensor? scale_tril) => (covariance_matrix, precision_matrix, scale_tril) switch
    {
        ({ } given, null, null) => (given, nameof(covariance_matrix)),
        (null, { } given, null) => (given, nameof(precision_matrix)),
        (null, null, { } given) => (given, nameof(scale_tril)),
        _ => throw new ArgumentException("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified."),
    };

    /// <summary>The mean (*, n).</summary>
    public Tensor loc { get; private set; }

    /// <summary>The lower factor as it was given, not expanded over the batch.</summary>
    internal Tensor Tril { get; }

    private Size MatrixShape => _extended_shape().Concat(event_shape.AsSpan());

    /// <summary>The lower Cholesky factor of the covariance (*, n, n).</summary>
    public Tensor scale_tril => Parameters.Lazily(ref _tril, () => Tril.expand(MatrixShape));

    /// <summary>The covariance (*, n, n).</summary>
    public Tensor covariance_matrix => Parameters.Lazily(ref _covariance, () => Tril.matmul(Tril.mT).expand(MatrixShape));

    /// <summary>The inverse of the covariance (*, n, n).</summary>
    public Tensor precision_matrix => Parameters.Lazily(ref _precision, () => torch.cholesky_inverse(Tril).expand(MatrixShape));

    protected override IEnumerable<Argument> Arguments =>
    [
        new("loc", constraints.real_vector, () => loc),
        new("covariance_matrix", constraints.positive_definite, () => _covariance),
        new("precision_matrix", constraints.positive_definite, () => _precision),
        new("scale_tril", constraints.lower_cholesky, () => _tril),
    ];

    /// <inheritdoc/>
    public override MultivariateNormal expand(Size batch_shape)
    {
        MultivariateNormal copy = Copy<MultivariateNormal>(batch_shape);
        copy.loc = loc.expand(batch_shape.Concat(event_shape.AsSpan()));
        Size shape = copy.MatrixShape;
        (copy._covariance, copy._precision, copy._tril) = (_covariance?.expand(shape), _precision?.expand(shape), _tril?.expand(shape));
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real_vector;
    public override Tensor mean => loc;
    public override Tensor mode => loc;
    public override Tensor variance => Tril.pow(2).sum(-1).expand(_extended_shape());
    public override Tensor rsample(Size sample_shape = default) => loc + Gaussian.MatVec(Tril, Parameters.StandardNormal(_extended_shape(sample_shape), loc, Source));

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor distance = Gaussian.Mahalanobis(Tril, value - loc);
        return -0.5 * (event_shape[0] * Math.Log(2 * Math.PI) + distance) - Gaussian.HalfLogDet(Tril);
    }

    public override Tensor entropy() => (0.5 * event_shape[0] * (1 + Math.Log(2 * Math.PI)) + Gaussian.HalfLogDet(Tril)).expand(batch_shape);
}
