using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The normal distribution of vectors with the covariance W·Wᵀ + diag(d), whose cost grows with the width of W.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.lowrank_multivariate_normal")]
public class LowRankMultivariateNormal : Distribution
{
    private Tensor? _variance, _tril, _covariance, _precision;

    /// <param name="loc">The mean (*, n).</param>
    /// <param name="cov_factor">W (*, n, m).</param>
    /// <param name="cov_diag">d (*, n), positive.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public LowRankMultivariateNormal(Tensor loc, Tensor cov_factor, Tensor cov_diag, bool? validate_args = null, Generator? generator = null)
    {
        if (loc.Rank < 1) throw new ArgumentException("loc must be at least one-dimensional.");
        Size event_shape = loc.shape[^1..];
        if (cov_factor.Rank < 2) throw new ArgumentException("cov_factor must be at least two-dimensional, with optional leading batch dimensions");
        if (cov_factor.shape[^2] != event_shape[0]) throw new ArgumentException($"cov_factor must be a batch of matrices with shape {event_shape[0]} x m");
        if (cov_diag.Rank < 1 || cov_diag.shape[^1] != event_shape[0]) throw new ArgumentException($"cov_diag must be a batch of vectors with shape {event_shape}");
        Tensor[] all;
        try
        {
            all = torch.broadcast_tensors([loc.unsqueeze(-1), cov_factor, cov_diag.unsqueeze(-1)]);
        }
        catch (TorchException error)
        {
            throw new ArgumentException($"Incompatible batch shapes: loc {loc.shape}, cov_factor {cov_factor.shape}, cov_diag {cov_diag.shape}", error);
        }
        this.loc = all[0][Ellipsis, 0];
        this.cov_factor = all[1];
        this.cov_diag = all[2][Ellipsis, 0];
        (Factor, Diagonal) = (cov_factor, cov_diag);
        Capacitance = Gaussian.CapacitanceTril(cov_factor, cov_diag);
        Initialize(this.loc.shape[..^1], event_shape, validate_args, generator);
    }

    /// <summary>The mean (*, n).</summary>
    public Tensor loc { get; private set; }

    /// <summary>W (*, n, m).</summary>
    public Tensor cov_factor { get; private set; }

    /// <summary>d (*, n).</summary>
    public Tensor cov_diag { get; private set; }

    // As given, not expanded over the batch.
    internal Tensor Factor { get; }
    internal Tensor Diagonal { get; }
    internal Tensor Capacitance { get; }

    private Size MatrixShape => _extended_shape().Concat(event_shape.AsSpan());

    protected override IEnumerable<Argument> Arguments =>
    [
        new("loc", constraints.real_vector, () => loc),
        new("cov_factor", constraints.independent(constraints.real, 2), () => cov_factor),
        new("cov_diag", constraints.independent(constraints.positive, 1), () => cov_diag),
    ];

    /// <inheritdoc/>
    public override LowRankMultivariateNormal expand(Size batch_shape)
    {
        LowRankMultivariateNormal copy = Copy<LowRankMultivariateNormal>(batch_shape);
        Size shape = batch_shape.Concat(event_shape.AsSpan());
        (copy.loc, copy.cov_diag) = (loc.expand(shape), cov_diag.expand(shape));
        copy.cov_factor = cov_factor.expand(shape.Concat([cov_factor.shape[^1]]));
        copy._variance = copy._tril = copy._covariance = copy._precision = null;
        return copy;
    }

    public override bool has_rsample => true;
    public override constraints.Constraint support => constraints.real_vector;
    public override Tensor mean => loc;
    public override Tensor mode => loc;
    public override Tensor variance => Parameters.Lazily(ref _variance, () => (Factor.pow(2).sum(-1) + Diagonal).expand(_extended_shape()));

    /// <summary>The lower Cholesky factor of the covariance (*, n, n).</summary>
    public Tensor scale_tril => Parameters.Lazily(ref _tril, () =>
    {
        Tensor root = Diagonal.sqrt().unsqueeze(-1), scaled = Factor / root;
        Tensor inner = scaled.matmul(scaled.mT) + torch.eye(event_shape[0], dtype: root.DType, device: root.device);
        return (root * torch.linalg.cholesky(inner)).expand(MatrixShape);
    });

    /// <summary>The covariance (*, n, n).</summary>
    public Tensor covariance_matrix => Parameters.Lazily(ref _covariance, () => (Factor.matmul(Factor.mT) + Diagonal.diag_embed()).expand(MatrixShape));

    /// <summary>The inverse of the covariance (*, n, n), by Woodbury's identity.</summary>
    public Tensor precision_matrix => Parameters.Lazily(ref _precision, () =>
    {
        Tensor solved = torch.linalg.solve_triangular(Capacitance, Factor.mT / Diagonal.unsqueeze(-2), upper: false);
        return (Diagonal.reciprocal().diag_embed() - solved.mT.matmul(solved)).expand(MatrixShape);
    });

    public override Tensor rsample(Size sample_shape = default)
    {
        Size shape = _extended_shape(sample_shape);
        Tensor ofFactor = Parameters.StandardNormal(shape[..^1].Concat([cov_factor.shape[^1]]), loc, Source);
        Tensor ofDiagonal = Parameters.StandardNormal(shape, loc, Source);
        return loc + Gaussian.MatVec(Factor, ofFactor) + Diagonal.sqrt() * ofDiagonal;
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        Tensor distance = Gaussian.LowRankMahalanobis(Factor, Diagonal, value - loc, Capacitance);
        return -0.5 * (event_shape[0] * Math.Log(2 * Math.PI) + Gaussian.LowRankLogDet(Diagonal, Capacitance) + distance);
    }

    public override Tensor entropy() =>
        (0.5 * (event_shape[0] * (1 + Math.Log(2 * Math.PI)) + Gaussian.LowRankLogDet(Diagonal, Capacitance))).expand(batch_shape);
}
