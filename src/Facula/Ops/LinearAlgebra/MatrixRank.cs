namespace Facula.Ops;

/// <summary>Ranks of matrices.</summary>
internal static class Ranks
{
    /// <summary>How many singular values exceed max(<paramref name="atol"/>, <paramref name="rtol"/> · largest).</summary>
    internal static Tensor Count(Tensor input, Tensor? atol, Tensor? rtol, bool hermitian)
    {
        Check.That(input.Rank >= 2, $"torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.");
        Check.That(Matrices.IsDecomposable(input.DType), $"This function doesn't handle types other than float and double");
        Tolerance.RequireReal(atol, "torch.linalg.matrix_rank", "atol");
        Tolerance.RequireReal(rtol, "torch.linalg.matrix_rank", "rtol");
        if (input.Numel == 0) return new TensorSpec(Matrices.Batch(input), ScalarType.Int64, input.device).Zeros();
        Tensor matrix = input.detach(), values = hermitian ? Eigvalsh.Call(matrix).abs() : SvdVals.Call(matrix);
        Tensor limit = Tolerance.Limit(matrix, atol, rtol, hermitian ? values.amax(-1, keepdim: true) : values.narrow(-1, 0, 1));
        return (values > limit).sum(-1);
    }
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRank
{
    /// <summary>The rank of each matrix: how many singular values exceed max(<paramref name="atol"/>, <paramref name="rtol"/> · largest).</summary>
    static Tensor Compose(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
        Ranks.Count(input, Tolerance.Number(atol), Tolerance.Number(rtol), hermitian);
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRankTol
{
    /// <summary>The rank of each matrix: how many singular values exceed <paramref name="tol"/>.</summary>
    static Tensor Compose(Tensor input, double tol, bool hermitian = false) => Ranks.Count(input, Tolerance.Number(tol), Tolerance.Number(0), hermitian);
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRankTolTensor
{
    /// <summary>The rank of each matrix: how many singular values exceed its limit <paramref name="tol"/>.</summary>
    static Tensor Compose(Tensor input, Tensor tol) => Ranks.Count(input, tol, Tolerance.Number(0), false);
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRankTolTensorHermitian
{
    /// <summary>The rank of each matrix, Hermitian if so told: how many singular values exceed its limit <paramref name="tol"/>.</summary>
    static Tensor Compose(Tensor input, Tensor tol, bool hermitian) => Ranks.Count(input, tol, Tolerance.Number(0), hermitian);
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRankTensors
{
    /// <summary>The rank of each matrix with limits of its own.</summary>
    static Tensor Compose(Tensor input, Tensor? atol, Tensor? rtol, bool hermitian = false) => Ranks.Count(input, atol, rtol, hermitian);
}

[CompositeOp("matrix_rank", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixRankRelative
{
    /// <summary>The rank of each matrix with a relative limit of its own.</summary>
    static Tensor Compose(Tensor input, Tensor rtol, double? atol = null, bool hermitian = false) => Ranks.Count(input, Tolerance.Number(atol), rtol, hermitian);
}
