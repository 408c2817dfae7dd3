using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("linalg_solve_left", Public = false, Node = "LinalgSolveExBackward0")]
internal static unsafe partial class SolveLeft
{
    /// <summary>The solutions of A·X = B, and 0 or the order of the first zero pivot.</summary>
    static (TensorSpec result, TensorSpec info) Infer(Tensor A, Tensor B)
    {
        bool vector = IsVector(A, B);
        Size batch = vector ? Matrices.Batch(A) : Broadcasting.Shape(Matrices.Batch(A), Matrices.Batch(B));
        ReadOnlySpan<long> core = vector ? B.Sizes[^1..] : B.Sizes[^2..];
        if (vector) batch = Broadcasting.Shape(batch, B.SizesRef[..^1]);
        return (new(batch.Concat(core), A.DType, A.device), new(batch, ScalarType.Int32, A.device));
    }

    /// <summary>Whether B holds vectors: it has one dimension, or is A without its last.</summary>
    internal static bool IsVector(Tensor A, Tensor B) => B.Rank == 1 || (A.Rank - 1 == B.Rank && A.SizesRef[..^1] == B.SizesRef);

    static void Compute(Tensor A, Tensor B, Tensor result, Tensor info)
    {
        int core = IsVector(A, B) ? 1 : 2;
        long n = A.Sizes[^1];
        result.CopyRaw(B);
        long sides = core == 1 ? 1 : B.Sizes[^1];
        if (sides is > 0 and <= 64 && MatrixBatch.InLanes(A.DType, info.SizesRef, n))
        {
            MatrixBatch.RunLanes(new LaneKernel { N = (int)n, Sides = (int)sides }, A.DType, info.SizesRef,
                MatrixOperand.In(A), MatrixOperand.InOut(result, core), MatrixOperand.Out(info, 0));
            return;
        }
        var kernel = new Kernel { N = n, Sides = sides };
        Tensor factors = Tensor.Allocate(info.SizesRef.Concat(A.Sizes[^2..]), A.DType, A.device);
        Copying.Copy(A, factors);
        MatrixBatch.Run(ref kernel, A.DType, info.SizesRef, MatrixOperand.InOut(factors), MatrixOperand.InOut(result, core), MatrixOperand.Out(info, 0));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N, Sides;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            *at.As<int>(2) = 0;
            if (N == 0) return;
            int[] pivots = new int[N];
            fixed (int* p = pivots)
            {
                *at.As<int>(2) = Lu.Factor(at.As<T>(0), N, N, N, p);
                if (Sides > 0) Lu.Solve(at.As<T>(0), N, N, p, at.As<T>(1), Sides, Sides);
            }
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N, Sides;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            SmallMatrices<T>.Solve(at.As<T>(0), at.As<T>(1), count, N, Sides, at.As<int>(2));
    }

    static (Tensor? A, Tensor? B) Grad(Tensor grad, Tensor A, Size B, Tensor result, NeedsGrad needs)
    {
        bool vector = B.Rank == 1 || (A.Rank - 1 == B.Rank && A.SizesRef[..^1] == B);
        Tensor columns = vector ? Unsqueeze.Call(grad, -1) : grad;
        Tensor right = SolveLeft.Call(Matrices.Adjoint(A), columns).result;
        Tensor? left = needs[0] ? -Matrices.Product(right, Matrices.Adjoint(vector ? Unsqueeze.Call(result, -1) : result)) : null;
        return (left, vector ? right.squeeze(-1) : right);
    }
}

[CompositeOp("solve_ex", In = "torch.linalg", Method = false, Out = true)]
internal static partial class SolveEx
{
    /// <summary>The solutions of A·X = B (X·A = B unless <paramref name="left"/>), and 0 or the order of the first zero pivot.</summary>
    static (Tensor result, Tensor info) Compose(Tensor A, Tensor B, bool left = true, bool check_errors = false)
    {
        Matrices.RequireSquare("linalg.solve", A);
        Check.That(A.DType == B.DType, $"linalg.solve: Expected A and B to have the same dtype, but found A of type {A.DType.LegacyName} and B of type {B.DType.LegacyName} instead");
        bool vector = SolveLeft.IsVector(A, B);
        Check.That(left || !vector, $"linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)");
        Check.That(vector ? B.Sizes[^1] == A.Sizes[^1] : B.Rank >= 2 && B.Sizes[left ? ^2 : ^1] == A.Sizes[^1],
            $"linalg.solve: Incompatible shapes of A and B for the equation {(left ? "AX = B" : "XA = B")} ({Products.Dims(A)} and {(vector ? $"{B.Sizes[^1]}x1" : Products.Dims(B))})");
        var (result, info) = left ? SolveLeft.Call(A, B) : SolveLeft.Call(MatrixTranspose.Call(A), MatrixTranspose.Call(B));
        if (check_errors) Errors("torch.linalg.solve_ex", info);
        return (left ? result : MatrixTranspose.Call(result), info);
    }

    internal static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info, _ => "The solver failed because the input matrix is singular.");
}

[CompositeOp("solve", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Solve
{
    /// <summary>The solutions of A·X = B, or X·A = B unless <paramref name="left"/>.</summary>
    static Tensor Compose(Tensor A, Tensor B, bool left = true)
    {
        var (result, info) = SolveEx.Call(A, B, left);
        SolveEx.Errors("torch.linalg.solve", info);
        return result;
    }
}
