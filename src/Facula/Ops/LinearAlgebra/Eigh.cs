using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("eigh", In = "torch.linalg", Method = false, Node = "LinalgEighBackward0")]
internal static unsafe partial class Eigh
{
    /// <summary>The eigenvalues, ascending, and eigenvectors of each Hermitian matrix, of which the triangle <paramref name="UPLO"/> is read.</summary>
    static (TensorSpec eigenvalues, TensorSpec eigenvectors) Infer(Tensor input, string UPLO = "L")
    {
        Require("linalg.eigh", input, UPLO);
        return (Matrices.Real(Matrices.Spec(input, [input.Sizes[^1]])), TensorSpec.Like(input));
    }

    internal static void Require(string op, Tensor input, string UPLO)
    {
        Matrices.RequireSquare(op, input);
        Check.That(UPLO is "L" or "U" or "l" or "u", $"Expected UPLO argument to be 'L' or 'U', but got {UPLO}");
    }

    static void Compute(Tensor input, string UPLO, Tensor eigenvalues, Tensor eigenvectors)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Upper = UPLO is "U" or "u" };
        Tensor info = Matrices.Info(input).Zeros();
        if (MatrixBatch.InLanes(input.DType, Matrices.Batch(input), kernel.N, input.DType == ScalarType.Float32 ? 32 : 24))
            MatrixBatch.RunLanes(new LaneKernel { N = (int)kernel.N, Upper = kernel.Upper }, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(eigenvalues, 1), MatrixOperand.Out(info, 0), MatrixOperand.Out(eigenvectors));
        else MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(eigenvalues, 1), MatrixOperand.Out(eigenvectors), MatrixOperand.Out(info, 0));
        Errors("linalg.eigh", info);
    }

    internal static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info,
        k => $"The algorithm failed to converge because the input matrix {(k < 0 ? "contained non-finite values." : $"is ill-conditioned or has too many repeated eigenvalues (error code: {k}).")}");

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(3) = N == 0 ? 0 : HermitianEigen.Compute(at.As<T>(0), N, N, Upper, at.As<R>(1), at.As<T>(2), N);
    }

    internal struct LaneKernel : ILaneKernel
    {
        public int N;
        public bool Upper, ValuesAlone;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            SmallMatrices<T>.Eigen(at.As<T>(0), count, N, Upper, at.As<T>(1), ValuesAlone ? null : at.As<T>(3), at.As<int>(2));
    }

    static Tensor GradInput(Tensor? grad, Tensor? gradEigenvectors, Tensor eigenvalues, Tensor eigenvectors) =>
        Gradient(grad, gradEigenvectors, eigenvalues, eigenvectors);

    /// <summary>V·(diag(g) + half the skew part of Vᴴ·G, over the gaps)·Vᴴ.</summary>
    internal static Tensor Gradient(Tensor? grad, Tensor? gradVectors, Tensor values, Tensor vectors)
    {
        Tensor adjoint = Matrices.Adjoint(vectors);
        if (gradVectors is null) return Matrices.Product(Matrices.ScaleColumns(vectors, grad!), adjoint);
        Tensor turns = Matrices.Product(adjoint, gradVectors);
        Matrices.RequireFreePhase(turns.diagonal(0, -2, -1), null, "linalg_eigh_backward: " + Eig.Phase);
        Tensor inner = Matrices.Skew(turns) * 0.5 / Matrices.Gaps(values);
        if (grad is not null) inner = inner + torch.diag_embed(grad);
        return Matrices.Product(vectors, Matrices.Product(inner, adjoint));
    }
}

[TensorOp("eigvalsh_values", Public = false)]
internal static unsafe partial class EighValues
{
    /// <summary>The eigenvalues alone, for which no vectors are formed.</summary>
    static TensorSpec Infer(Tensor input, bool upper) => Matrices.Real(Matrices.Spec(input, [input.Sizes[^1]]));

    static void Compute(Tensor input, bool upper, Tensor result)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Upper = upper };
        Tensor info = Matrices.Info(input).Zeros();
        if (MatrixBatch.InLanes(input.DType, Matrices.Batch(input), kernel.N, input.DType == ScalarType.Float32 ? 32 : 24))
            MatrixBatch.RunLanes(new Eigh.LaneKernel { N = (int)kernel.N, Upper = upper, ValuesAlone = true }, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(result, 1), MatrixOperand.Out(info, 0));
        else MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(result, 1), MatrixOperand.Out(info, 0));
        Eigh.Errors("linalg.eigvalsh", info);
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(2) = N == 0 ? 0 : HermitianEigen.Compute<T, R>(at.As<T>(0), N, N, Upper, at.As<R>(1), null, 0);
    }
}

[CompositeOp("eigvalsh", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Eigvalsh
{
    /// <summary>The eigenvalues of each Hermitian matrix, ascending.</summary>
    static Tensor Compose(Tensor input, string UPLO = "L")
    {
        Eigh.Require("linalg.eigh", input, UPLO);
        return GradMode.Enabled && input.NeedsGrad ? Eigh.Call(input, UPLO).eigenvalues : EighValues.Call(input, UPLO is "U" or "u");
    }
}
