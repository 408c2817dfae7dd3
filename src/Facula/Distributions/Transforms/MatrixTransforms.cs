using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Square matrices to lower triangular ones with a positive diagonal.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class LowerCholeskyTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    private static readonly constraints.Constraint s_domain = constraints.independent(constraints.real, 2);

    public override constraints.Constraint domain => s_domain;
    public override constraints.Constraint codomain => constraints.lower_cholesky;
    protected override Tensor _call(Tensor x) => x.tril(-1) + x.diagonal(dim1: -2, dim2: -1).exp().diag_embed();
    protected override Tensor _inverse(Tensor y) => y.tril(-1) + y.diagonal(dim1: -2, dim2: -1).log().diag_embed();
    public override bool Equals(object? obj) => obj is LowerCholeskyTransform;
    public override int GetHashCode() => typeof(LowerCholeskyTransform).GetHashCode();
}

/// <summary>Square matrices to positive definite ones, by their lower Cholesky factor.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class PositiveDefiniteTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    private static readonly LowerCholeskyTransform s_factor = new();

    public override constraints.Constraint domain => s_factor.domain;
    public override constraints.Constraint codomain => constraints.positive_definite;

    protected override Tensor _call(Tensor x)
    {
        Tensor factor = s_factor.call(x);
        return factor.matmul(factor.mT);
    }

    protected override Tensor _inverse(Tensor y) => s_factor.inv.call(torch.linalg.cholesky(y));
    public override bool Equals(object? obj) => obj is PositiveDefiniteTransform;
    public override int GetHashCode() => typeof(PositiveDefiniteTransform).GetHashCode();
}

/// <summary>Vectors of D(D−1)/2 numbers to Cholesky factors of D×D correlation matrices, by canonical partial correlations.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class CorrCholeskyTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real_vector;
    public override constraints.Constraint codomain => constraints.corr_cholesky;
    public override bool bijective => true;

    protected override Tensor _call(Tensor x)
    {
        x = x.tanh();
        double eps = torch.finfo(x.DType).eps;
        Tensor r = distributions.utils.vec_to_tril_matrix(x.clamp(min: -1 + eps, max: 1 - eps), diag: -1);
        Tensor left = (1 - r.pow(2)).sqrt().cumprod(-1);
        r = r + torch.eye(r.shape[^1], dtype: r.DType, device: r.device);
        return r * nn.functional.pad(left[Ellipsis, ..^1], [1, 0], value: 1);
    }

    protected override Tensor _inverse(Tensor y)
    {
        Tensor left = 1 - (y * y).cumsum(-1);
        Tensor shifted = nn.functional.pad(left[Ellipsis, ..^1], [1, 0], value: 1);
        Tensor t = distributions.utils.tril_matrix_to_vec(y, diag: -1) / distributions.utils.tril_matrix_to_vec(shifted, diag: -1).sqrt();
        return ((1 + t) / (1 - t)).log() / 2;
    }

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        Tensor left = distributions.utils.tril_matrix_to_vec(1 - (y * y).cumsum(-1), diag: -2);
        Tensor tanh = -2 * (x + nn.functional.softplus(-2 * x) - Math.Log(2)).sum(-1);
        return 0.5 * left.log().sum(-1) + tanh;
    }

    public override Size forward_shape(Size shape)
    {
        if (shape.Length < 1) throw new ArgumentException("Too few dimensions on input");
        long n = shape[^1], d = (long)Math.Round(Math.Sqrt(0.25 + 2 * n) + 0.5);
        if (d * (d - 1) / 2 != n) throw new ArgumentException("Input is not a flattend lower-diagonal number");
        return shape[..^1].Concat([d, d]);
    }

    public override Size inverse_shape(Size shape)
    {
        if (shape.Length < 2) throw new ArgumentException("Too few dimensions on input");
        if (shape[^2] != shape[^1]) throw new ArgumentException("Input is not square");
        return shape[..^2].Concat([shape[^1] * (shape[^1] - 1) / 2]);
    }

    public override bool Equals(object? obj) => obj is CorrCholeskyTransform;
    public override int GetHashCode() => typeof(CorrCholeskyTransform).GetHashCode();
}
