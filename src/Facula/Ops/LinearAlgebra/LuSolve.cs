using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lu_solve", In = "torch.linalg", Method = false, Node = "LinalgLuSolveBackward0")]
internal static unsafe partial class LuSolve
{
    /// <summary>The solutions of A·X = B (X·A = B unless <paramref name="left"/>; Aᴴ in place of A with <paramref name="adjoint"/>) from the result of <c>lu_factor</c>.</summary>
    static TensorSpec Infer(Tensor LU, Tensor pivots, Tensor B, bool left = true, bool adjoint = false)
    {
        Check.That(LU.DType.IsDifferentiable, $"torch.linalg.lu_solve: Expected a floating point or complex tensor as input. Got {LU.DType.LegacyName}");
        Check.That(LU.DType == B.DType, $"linalg.lu_solve: Expected LU and B to have the same dtype, but found LU of type {LU.DType.LegacyName} and B of type {B.DType.LegacyName} instead");
        Check.That(pivots.DType == ScalarType.Int32, $"linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32");
        Matrices.RequireSquare("torch.linalg.lu_solve", LU);
        Check.That(B.Rank >= 2, $"linalg.lu_solve: The input tensor B must have at least 2 dimensions.");
        Check.That(B.Sizes[left ? ^2 : ^1] == LU.Sizes[^1],
            $"linalg.lu_solve: Incompatible shapes of A and B for the equation {(left ? "AX = B" : "XA = B")} ({Products.Dims(LU)} and {Products.Dims(B)})");
        Check.That(pivots.Rank > 0 && pivots.Sizes[^1] == LU.Sizes[^1], $"linalg.lu_solve: Number of pivots per batch should be same as the dimension of the matrix");
        Check.That(pivots.SizesRef == LU.SizesRef[..^1],
            $"linalg.lu_solve: Expected LU.shape[:-1] and pivots.shape to be the same, but got pivots with shape {pivots.SizesRef.Brackets()} instead");
        return new(Broadcasting.Shape(Matrices.Batch(LU), Matrices.Batch(B)).Concat(B.Sizes[^2..]), B.DType, B.device);
    }

    static void Compute(Tensor LU, Tensor pivots, Tensor B, bool left, bool adjoint, Tensor result)
    {
        // X·A = B is Aᵀ·Xᵀ = Bᵀ.
        Tensor right = left ? B : MatrixTranspose.Call(B.detach()), target = left ? result : MatrixTranspose.Call(result.detach());
        if (result.Numel == 0) return;
        Tensor x = left && result.IsContiguous ? result : Tensor.Allocate(target.SizesRef, result.DType, result.device);
        Copying.Copy(right, x);
        var kernel = new Kernel { N = LU.Sizes[^1], Sides = x.Sizes[^1], Transposed = left == adjoint, Conjugate = adjoint };
        MatrixBatch.Run(ref kernel, x.DType, Matrices.Batch(x), MatrixOperand.In(LU), MatrixOperand.In(pivots, 1), MatrixOperand.InOut(x));
        if (!ReferenceEquals(x, result)) target.CopyRaw(x);
    }

    private struct Kernel : IMatrixKernel
    {
        public long N, Sides;
        public bool Transposed, Conjugate;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            int* pivots = at.As<int>(1);
            for (long i = 0; i < N; i++)
            {
                Check.That(pivots[i] >= 1, $"Pivots given to lu_solve must all be greater or equal to 1. Did you properly pass the result of lu_factor?");
                Check.That(pivots[i] <= N, $"Pivots given to lu_solve must all be smaller or equal to LU.size(-2). Did you properly pass the result of lu_factor?");
            }
            Lu.Solve(at.As<T>(0), N, N, pivots, at.As<T>(2), Sides, Sides, Transposed, Conjugate);
        }
    }

    // With G = the gradient of B (the adjoint system solved for the one of X), that of A = P·L·U is −G·Xᴴ, or what the other forms make of it.
    static (Tensor? LU, Tensor? B) Grad(Tensor grad, Tensor LU, Tensor pivots, bool left, bool adjoint, Tensor result, NeedsGrad needs)
    {
        Tensor right = LuSolve.Call(LU, pivots, grad, left, !adjoint);
        if (!needs[0]) return (null, right);
        Tensor first = left != adjoint ? right : result, second = left != adjoint ? result : right;
        Tensor full = left
            ? Matrices.Product(first, Matrices.Adjoint(second))
            : Matrices.Product(Matrices.Adjoint(first), second);
        var (p, lower, upper) = LuUnpack.Call(LU, pivots);
        full = -Matrices.Product(MatrixTranspose.Call(p), full);
        return (Tril.Call(Matrices.Product(full, Matrices.Adjoint(upper)), -1) + Triu.Call(Matrices.Product(Matrices.Adjoint(lower), full)), right);
    }
}

[CompositeOp("lu_solve", Out = true)]
internal static partial class LuSolveOld
{
    /// <summary>The solutions of A·X = <paramref name="input"/> from the result of <c>lu_factor</c>.</summary>
    static Tensor Compose(Tensor input, Tensor LU_data, Tensor LU_pivots) => LuSolve.Call(LU_data, LU_pivots, input);
}
