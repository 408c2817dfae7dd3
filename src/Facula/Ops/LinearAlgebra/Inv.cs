using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("inv_ex", In = "torch.linalg", Method = false, Node = "LinalgInvExBackward0")]
internal static unsafe partial class InvEx
{
    /// <summary>The inverse of each matrix, and 0 or the order of its first zero pivot.</summary>
    static (TensorSpec inverse, TensorSpec info) Infer(Tensor A, bool check_errors = false)
    {
        Matrices.RequireSquare("linalg.inv", A);
        return (TensorSpec.Like(A), Matrices.Info(A));
    }

    static void Compute(Tensor A, bool check_errors, Tensor inverse, Tensor info)
    {
        long n = A.Sizes[^1];
        if (MatrixBatch.InLanes(A.DType, Matrices.Batch(A), n))
        {
            MatrixBatch.RunLanes(new LaneKernel { N = (int)n }, A.DType, Matrices.Batch(A), MatrixOperand.In(A), MatrixOperand.Out(inverse), MatrixOperand.Out(info, 0));
        }
        else
        {
            var kernel = new Kernel { N = n };
            Tensor factors = Copying.Converted(A, A.DType);
            MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.InOut(factors), MatrixOperand.Out(inverse), MatrixOperand.Out(info, 0));
        }
        if (check_errors) Errors("linalg.inv_ex", info);
    }

    /// <summary>The inverse, or PyTorch's error for a singular matrix.</summary>
    internal static Tensor Checked(string op, Tensor input)
    {
        var (inverse, info) = InvEx.Call(input);
        Errors(op, info);
        return inverse;
    }

    private static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info,
        k => $"The diagonal element {k} is zero, the inversion could not be completed because the input matrix is singular.");

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            *at.As<int>(2) = 0;
            if (N == 0) return;
            int[] pivots = new int[N];
            fixed (int* p = pivots)
            {
                *at.As<int>(2) = Lu.Factor(at.As<T>(0), N, N, N, p);
                Lu.Inverse(at.As<T>(0), N, N, p, at.As<T>(1), N);
            }
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            SmallMatrices<T>.Inverse(at.As<T>(0), at.As<T>(1), count, N, at.As<int>(2));
    }

    static Tensor GradA(Tensor grad, Tensor inverse)
    {
        Tensor adjoint = Matrices.Adjoint(inverse);
        return -Matrices.Product(adjoint, Matrices.Product(grad, adjoint));
    }
}

[CompositeOp("inv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgInv
{
    /// <summary>The inverse of each matrix.</summary>
    static Tensor Compose(Tensor A) => InvEx.Checked("linalg.inv", A);
}

[CompositeOp("inverse", Out = true)]
internal static partial class Inverse
{
    /// <summary>The inverse of each matrix.</summary>
    static Tensor Compose(Tensor input) => InvEx.Checked("linalg.inv", input);
}
