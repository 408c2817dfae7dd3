using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lu_factor_ex", In = "torch.linalg", Method = false, Node = "LinalgLuFactorExBackward0")]
internal static unsafe partial class LuFactorEx
{
    /// <summary>The factors of P·L·U = A in one matrix, the exchanges of rows, and 0 or the order of the first zero pivot.</summary>
    static (TensorSpec LU, TensorSpec pivots, TensorSpec info) Infer(Tensor A, bool pivot = true, bool check_errors = false)
    {
        Require("torch.lu_factor", A, pivot);
        return (TensorSpec.Like(A), Pivots(A), Matrices.Info(A));
    }

    internal static void Require(string op, Tensor A, bool pivot)
    {
        Check.That(A.Rank >= 2, $"{op}: Expected tensor with 2 or more dimensions. Got size: {A.SizesRef.Brackets()} instead");
        if (!Matrices.IsDecomposable(A.DType)) throw TypeSwitch.NotImplemented("lu_cpu", A.DType);
        Check.That(pivot, $"linalg.lu_factor: LU without pivoting is not implemented on the CPU");
    }

    internal static TensorSpec Pivots(Tensor A) => Matrices.Spec(A, [Math.Min(A.Sizes[^2], A.Sizes[^1])]).As(ScalarType.Int32);

    static void Compute(Tensor A, bool pivot, bool check_errors, Tensor LU, Tensor pivots, Tensor info)
    {
        var kernel = new Kernel { Rows = A.Sizes[^2], Columns = A.Sizes[^1] };
        LU.CopyRaw(A);
        if (kernel.Rows == kernel.Columns && MatrixBatch.InLanes(A.DType, Matrices.Batch(A), kernel.Rows))
            MatrixBatch.RunLanes(new LaneKernel { N = (int)kernel.Rows }, A.DType, Matrices.Batch(A), MatrixOperand.InOut(LU), MatrixOperand.Out(pivots, 1), MatrixOperand.Out(info, 0));
        else MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.InOut(LU), MatrixOperand.Out(pivots, 1), MatrixOperand.Out(info, 0));
        if (check_errors) Errors("torch.linalg.lu_factor_ex", info);
    }

    internal static void Errors(string op, Tensor info)
    {
        if (!info.any().item<bool>()) return;
        try
        {
            Matrices.CheckInfo(op, info, k => $"U[{k},{k}] is zero and using it on lu_solve would result in a division by zero. "
                + "If you still want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)");
        }
        catch (LinAlgException e)
        {
            throw new TorchException(e.Message);
        }
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(2) = Lu.Factor(at.As<T>(0), Rows, Columns, Columns, at.As<int>(1));
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            SmallMatrices<T>.FactorLu(at.As<T>(0), count, N, at.As<int>(1), at.As<int>(2));
    }

    static Tensor GradA(Tensor grad, Tensor LU, Tensor pivots)
    {
        var (p, lower, upper) = LuUnpack.Call(LU, pivots);
        long k = lower.Sizes[^1];
        return LuDecomposition.Gradient(Tril.Call(grad.narrow(-1, 0, k), -1), Triu.Call(grad.narrow(-2, 0, k)), p, lower, upper);
    }
}

[CompositeOp("lu_factor", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LuFactor
{
    /// <summary>The factors of P·L·U = A in one matrix, and the exchanges of rows; a singular square matrix is an error.</summary>
    static (Tensor LU, Tensor pivots) Compose(Tensor A, bool pivot = true)
    {
        var (factors, pivots, info) = LuFactorEx.Call(A, pivot);
        LuFactorEx.Errors("torch.linalg.lu_factor", info);
        return (factors, pivots);
    }
}

[CompositeOp("lu", Out = true)]
internal static partial class LuOld
{
    /// <summary>The factors of P·L·U = A in one matrix, the exchanges of rows and, with <paramref name="get_infos"/>, 0 or the order of the first zero pivot (else null).</summary>
    static (Tensor LU, Tensor pivots, Tensor infos) Compose(Tensor A, bool pivot = true, bool get_infos = false)
    {
        var (factors, pivots, info) = LuFactorEx.Call(A, pivot);
        return (factors, pivots, get_infos ? info : null!);
    }
}
