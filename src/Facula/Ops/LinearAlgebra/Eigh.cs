using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("eigh", In = "torch.linalg", Method = false, Node = "LinalgEighBackward0")]
internal static unsafe partial class Eigh
{
    /// <summary>The eigenvalues, ascending, and eigenvectors of each Hermitian matrix, of which the triangle <paramref name="UPLO"/> is read.</summary>
    static (TensorSpec eigenvalues, TensorSpec eigenvectors) Infer(Tensor input, string UPLO = "L")
    {
        Matrices.RequireSquare("linalg.eigh", input);
        Check.That(UPLO is "L" or "U" or "l" or "u", $"Expected UPLO argument to be 'L' or 'U', but got {UPLO}");
        return (Matrices.Real(Matrices.Spec(input, [input.Sizes[^1]])), TensorSpec.Like(input));
    }

    static void Compute(Tensor input, string UPLO, Tensor eigenvalues, Tensor eigenvectors)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Upper = UPLO is "U" or "u" };
        Tensor info = Matrices.Info(input).Zeros();
        MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(eigenvalues, 1), MatrixOperand.Out(eigenvectors), MatrixOperand.Out(info, 0));
        Matrices.CheckInfo("linalg.eigh", info,
            k => $"The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated eigenvalues (error code: {k}).");
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(3) = N == 0 ? 0 : HermitianEigen.Compute(at.As<T>(0), N, N, Upper, at.As<R>(1), at.As<T>(2), N);
    }

    static Tensor GradInput(Tensor? grad, Tensor? gradEigenvectors, Tensor eigenvalues, Tensor eigenvectors)
    {
        Tensor adjoint = Matrices.Adjoint(eigenvectors);
        if (gradEigenvectors is null) return Matrices.Product(Matrices.ScaleColumns(eigenvectors, grad!), adjoint);
        Tensor gaps = Unsqueeze.Call(eigenvalues, -2) - Unsqueeze.Call(eigenvalues, -1) + torch.diag_embed(torch.ones_like(eigenvalues.detach()));
        Tensor turns = Matrices.Product(adjoint, gradEigenvectors) / gaps;
        Tensor inner = turns - torch.diag_embed(turns.diagonal(0, -2, -1));
        if (grad is not null) inner = inner + torch.diag_embed(grad.to(inner.DType));
        return Matrices.Product(Matrices.Product(eigenvectors, inner), adjoint);
    }
}

[CompositeOp("eigvalsh", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Eigvalsh
{
    /// <summary>The eigenvalues of each Hermitian matrix, ascending.</summary>
    static Tensor Compose(Tensor input, string UPLO = "L") => Eigh.Call(input, UPLO).eigenvalues;
}
