using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("eig", In = "torch.linalg", Method = false, Node = "LinalgEigBackward0")]
internal static unsafe partial class Eig
{
    internal const string Phase =
        "The eigenvectors in the complex case are specified up to multiplication by e^{i phi}. The specified loss function depends on this quantity, so it is ill-defined.";

    /// <summary>The complex eigenvalues and eigenvectors (as columns of norm 1) of each square matrix.</summary>
    static (TensorSpec eigenvalues, TensorSpec eigenvectors) Infer(Tensor input)
    {
        Require("linalg.eig", input);
        return (Complex(Matrices.Spec(input, [input.Sizes[^1]])), Complex(TensorSpec.Like(input)));
    }

    internal static void Require(string op, Tensor input)
    {
        Check.That(input.Rank < 2 || Matrices.IsDecomposable(input.DType), $"Unknown Complex ScalarType for {input.DType.LegacyName}");
        Matrices.RequireSquare(op, input);
    }

    internal static TensorSpec Complex(in TensorSpec spec) => spec.As(spec.DType.is_complex ? spec.DType : spec.DType.ToComplex());

    static void Compute(Tensor input, Tensor eigenvalues, Tensor eigenvectors)
    {
        var kernel = new Kernel { N = input.Sizes[^1] };
        Tensor info = Matrices.Info(input).Zeros();
        MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(eigenvalues, 1), MatrixOperand.Out(eigenvectors), MatrixOperand.Out(info, 0));
        Errors("torch.linalg.eig", info);
    }

    internal static void Errors(string op, Tensor info)
    {
        Check.That(!torch.lt(info, 0).any().item<bool>(), $"{op}: input tensor should not contain infs or NaNs.");
        Matrices.CheckInfo(op, info,
            k => $"The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated eigenvalues (error code: {k}).");
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(3) = N == 0 ? 0 : GeneralEigen.Compute(at.As<T>(0), N, N, at.As<C>(1), at.As<C>(2), N);
    }

    // V⁻ᴴ·(diag(g) + (Vᴴ·G − Vᴴ·V·Re diag(Vᴴ·G)) over the conjugate gaps)·Vᴴ; the second term keeps the columns at norm 1.
    static Tensor GradInput(Tensor? grad, Tensor? gradEigenvectors, Tensor eigenvalues, Tensor eigenvectors)
    {
        Tensor adjoint = Matrices.Adjoint(eigenvectors);
        if (gradEigenvectors is null) return Solve.Call(adjoint, Matrices.ScaleRows(adjoint, grad!));
        Tensor turns = Matrices.Product(adjoint, gradEigenvectors), diagonal = turns.diagonal(0, -2, -1);
        Matrices.RequireFreePhase(diagonal, null, "linalg_eig_backward: " + Phase);
        turns = turns - Matrices.Product(adjoint, Matrices.ScaleColumns(eigenvectors, torch.real(diagonal)));
        Tensor inner = turns / Matrices.Gaps(eigenvalues.conj());
        if (grad is not null) inner = inner + torch.diag_embed(grad);
        return Solve.Call(adjoint, Matrices.Product(inner, adjoint));
    }
}

[TensorOp("eigvals_values", Public = false)]
internal static unsafe partial class EigValuesAlone
{
    /// <summary>The eigenvalues alone, for which no vectors are formed.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Eig.Require("linalg.eigvals", input);
        return Eig.Complex(Matrices.Spec(input, [input.Sizes[^1]]));
    }

    static void Compute(Tensor input, Tensor result)
    {
        var kernel = new Kernel { N = input.Sizes[^1] };
        Tensor info = Matrices.Info(input).Zeros();
        MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(result, 1), MatrixOperand.Out(info, 0));
        Eig.Errors("torch.linalg.eigvals", info);
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(2) = N == 0 ? 0 : GeneralEigen.Compute<T, C>(at.As<T>(0), N, N, at.As<C>(1), null, 0);
    }
}

[CompositeOp("eigvals", In = "torch.linalg", Method = false, Out = true)]
internal static partial class EigVals
{
    /// <summary>The complex eigenvalues of each square matrix.</summary>
    static Tensor Compose(Tensor input) => GradMode.Enabled && input.NeedsGrad ? Eig.Call(input).eigenvalues : EigValuesAlone.Call(input);
}
