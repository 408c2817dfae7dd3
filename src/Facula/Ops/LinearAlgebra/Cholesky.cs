using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("cholesky_ex", In = "torch.linalg", Method = false, Node = "LinalgCholeskyExBackward0")]
internal static unsafe partial class CholeskyEx
{
    /// <summary>The triangular factor of each Hermitian positive definite matrix, and 0 or the order of the leading minor that is not positive definite.</summary>
    static (TensorSpec L, TensorSpec info) Infer(Tensor input, bool upper = false, bool check_errors = false)
    {
        Matrices.RequireSquare("linalg.cholesky", input);
        return (TensorSpec.Like(input), Matrices.Info(input));
    }

    static void Compute(Tensor input, bool upper, bool check_errors, Tensor L, Tensor info)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Upper = upper };
        L.CopyRaw(input);
        if (MatrixBatch.InLanes(input.DType, Matrices.Batch(input), kernel.N))
            MatrixBatch.RunLanes(new LaneKernel { N = (int)kernel.N, Upper = upper }, input.DType, Matrices.Batch(input), MatrixOperand.InOut(L), MatrixOperand.Out(info, 0));
        else MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.InOut(L), MatrixOperand.Out(info, 0));
        if (check_errors) Errors("linalg.cholesky_ex", info);
    }

    internal static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info,
        k => $"The factorization could not be completed because the input is not positive-definite (the leading minor of order {k} is not positive-definite).");

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(1) = N == 0 ? 0 : Kernels.Cholesky.Factor(at.As<T>(0), N, N, Upper);
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N;
        public bool Upper;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            Kernels.SmallMatrices<T>.FactorCholesky(at.As<T>(0), count, N, Upper, at.As<int>(1));
    }

    // L⁻ᴴ·Φ·L⁻¹ with Φ half of the Hermitian matrix whose lower part is that of Lᴴ·G (Murray).
    static Tensor GradInput(Tensor grad, Tensor L, bool upper) => Gradient(grad, L, upper);

    internal static Tensor Gradient(Tensor grad, Tensor L, bool upper)
    {
        Tensor factor = upper ? Matrices.Adjoint(L) : L;
        Tensor gradient = upper ? Matrices.Adjoint(grad) : grad;
        Tensor phi = Tril.Call(Matrices.Product(Matrices.Adjoint(factor), gradient));
        phi = (phi + Matrices.Adjoint(Tril.Call(phi, -1))) * 0.5;
        Tensor half = SolveTriangular.Call(Matrices.Adjoint(factor), phi, true);
        return SolveTriangular.Call(factor, half, false, left: false);
    }
}

[CompositeOp("cholesky", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgCholesky
{
    /// <summary>The triangular factor of each Hermitian positive definite matrix.</summary>
    static Tensor Compose(Tensor input, bool upper = false)
    {
        var (factor, info) = CholeskyEx.Call(input, upper);
        CholeskyEx.Errors("linalg.cholesky", info);
        return factor;
    }
}

[TensorOp("cholesky", Node = "CholeskyBackward0")]
internal static partial class CholeskyFactor
{
    /// <summary>The triangular factor of each Hermitian positive definite matrix.</summary>
    static TensorSpec Infer(Tensor input, bool upper = false)
    {
        Matrices.RequireSquare("cholesky", input);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, bool upper, Tensor result)
    {
        var (factor, info) = CholeskyEx.Call(input.detach(), upper);
        CholeskyEx.Errors("cholesky", info);
        result.CopyRaw(factor);
    }

    static Tensor GradInput(Tensor grad, Tensor result, bool upper) => CholeskyEx.Gradient(grad, result, upper);
}
