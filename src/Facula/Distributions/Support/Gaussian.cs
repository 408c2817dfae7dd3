namespace Facula;

/// <summary>Matrix helpers of the multivariate normal distributions.</summary>
internal static class Gaussian
{
    /// <summary>Matrix times vector: (*, n, m) by (*, m).</summary>
    internal static Tensor MatVec(Tensor matrix, Tensor vector) => matrix.matmul(vector.unsqueeze(-1)).squeeze(-1);

    /// <summary>xᵀ·(L·Lᵀ)⁻¹·x for lower factors (*, n, n) and vectors (*, n).</summary>
    internal static Tensor Mahalanobis(Tensor lower, Tensor vector)
    {
        if (lower.Rank > 2 || vector.Rank < 2)
            return torch.linalg.solve_triangular(lower, vector.unsqueeze(-1), upper: false).pow(2).sum([-2, -1]);
        // One factor for all: a single solve with the vectors as columns.
        Tensor columns = vector.reshape(-1, vector.shape[^1]).T;
        return torch.linalg.solve_triangular(lower, columns, upper: false).pow(2).sum(0).reshape(vector.shape[..^1]);
    }

    /// <summary>The lower factor of the covariance P⁻¹, by way of the flipped matrix, whose factor needs no inverse of P.</summary>
    internal static Tensor PrecisionToScaleTril(Tensor precision)
    {
        Tensor flipped = torch.linalg.cholesky(torch.flip(precision, [-2, -1]));
        Tensor inverse = torch.flip(flipped, [-2, -1]).transpose(-2, -1);
        Tensor identity = torch.eye(precision.shape[^1], dtype: precision.DType, device: precision.device);
        return torch.linalg.solve_triangular(inverse, identity, upper: false);
    }

    internal static Tensor HalfLogDet(Tensor lower) => lower.diagonal(dim1: -2, dim2: -1).log().sum(-1);

    /// <summary>tr(X·Xᵀ) of each matrix.</summary>
    internal static Tensor TraceOfSquare(Tensor matrix) => matrix.pow(2).sum([-2, -1]);

    // Covariance W·Wᵀ + D, by the capacitance I + Wᵀ·D⁻¹·W, which is as small as W is narrow.

    internal static Tensor CapacitanceTril(Tensor factor, Tensor diagonal)
    {
        Tensor inner = (factor.mT / diagonal.unsqueeze(-2)).matmul(factor);
        return torch.linalg.cholesky(inner + torch.eye(factor.shape[^1], dtype: factor.DType, device: factor.device));
    }

    internal static Tensor LowRankLogDet(Tensor diagonal, Tensor capacitance) => 2 * HalfLogDet(capacitance) + diagonal.log().sum(-1);

    internal static Tensor LowRankMahalanobis(Tensor factor, Tensor diagonal, Tensor vector, Tensor capacitance)
    {
        Tensor weighted = factor.mT / diagonal.unsqueeze(-2);
        return (vector.pow(2) / diagonal).sum(-1) - Mahalanobis(capacitance, MatVec(weighted, vector));
    }
}
