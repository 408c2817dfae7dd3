using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("solve_triangular", In = "torch.linalg", Method = false, Node = "LinalgSolveTriangularBackward0")]
internal static unsafe partial class SolveTriangular
{
    /// <summary>The solutions of A·X = B, or X·A = B unless <paramref name="left"/>, for triangular matrices.</summary>
    static TensorSpec Infer(Tensor input, Tensor B, bool upper, bool left = true, bool unitriangular = false)
    {
        Matrices.RequireSquare("linalg.solve_triangular", input);
        Matrices.RequireMatrix("linalg.solve_triangular", B, "B");
        Check.That(input.DType == B.DType, $"linalg.solve_triangular: Expected A and B to have the same dtype, but found A of type {input.DType.LegacyName} and B of type {B.DType.LegacyName} instead");
        Check.That(B.Sizes[left ? ^2 : ^1] == input.Sizes[^1],
            $"linalg.solve_triangular: Incompatible shapes of A and B for the equation {(left ? "AX = B" : "XA = B")} ({Products.Dims(input)} and {Products.Dims(B)})");
        return new(Broadcasting.Shape(Matrices.Batch(input), Matrices.Batch(B)).Concat(B.Sizes[^2..]), B.DType, B.device);
    }

    static void Compute(Tensor input, Tensor B, bool upper, bool left, bool unitriangular, Tensor result)
    {
        result.CopyRaw(B);
        long n = input.Sizes[^1], sides = B.Sizes[left ? ^1 : ^2];
        Size batch = Matrices.Batch(result);
        if (sides is > 0 and <= 64 && MatrixBatch.InLanes(B.DType, batch, n))
        {
            MatrixBatch.RunLanes(new LaneKernel { N = (int)n, Sides = (int)sides, Upper = upper, Left = left, Unit = unitriangular }, B.DType, batch,
                MatrixOperand.In(input), MatrixOperand.InOut(result));
            return;
        }
        var kernel = new Kernel { N = n, Sides = sides, Upper = upper, Left = left, Unit = unitriangular };
        MatrixBatch.Run(ref kernel, B.DType, batch, MatrixOperand.In(input), MatrixOperand.InOut(result));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N, Sides;
        public bool Upper, Left, Unit;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (N == 0 || Sides == 0) return;
            if (Left) Triangular.SolveLeft(at.As<T>(0), N, 1, Upper, Unit, false, at.As<T>(1), Sides, N, Sides);
            else Triangular.SolveRight(at.As<T>(0), N, 1, Upper, Unit, false, at.As<T>(1), N, N, Sides);
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N, Sides;
        public bool Upper, Left, Unit;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            SmallMatrices<T>.SolveTriangular(at.As<T>(0), at.As<T>(1), count, N, Sides, Upper, Unit, Left);
    }

    static (Tensor? input, Tensor? B) Grad(Tensor grad, Tensor input, bool upper, bool left, bool unitriangular, Tensor result, NeedsGrad needs)
    {
        Tensor right = SolveTriangular.Call(Matrices.Adjoint(input), grad, !upper, left, unitriangular);
        if (!needs[0]) return (null, right);
        Tensor full = left ? Matrices.Product(right, Matrices.Adjoint(result)) : Matrices.Product(Matrices.Adjoint(result), right);
        int edge = unitriangular ? 1 : 0;
        return (-(upper ? Triu.Call(full, edge) : Tril.Call(full, -edge)), right);
    }
}
