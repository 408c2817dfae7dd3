using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("cholesky_solve")]
internal static unsafe partial class CholeskySolve
{
    /// <summary>The solutions of A·X = <paramref name="input"/> from the triangular factor <paramref name="input2"/> of A.</summary>
    static TensorSpec Infer(Tensor input, Tensor input2, bool upper = false)
    {
        Check.That(input.Rank >= 2, $"b should have at least 2 dimensions, but has {input.Rank} dimensions instead");
        Check.That(input2.Rank >= 2, $"u should have at least 2 dimensions, but has {input2.Rank} dimensions instead");
        Matrices.RequireSolvable("cholesky_solve", input, input2);
        return new(Broadcasting.Shape(Matrices.Batch(input), Matrices.Batch(input2)).Concat(input.Sizes[^2..]), input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor input2, bool upper, Tensor result)
    {
        result.CopyRaw(input);
        long n = input2.Sizes[^1], sides = input.Sizes[^1];
        Size batch = Matrices.Batch(result);
        if (sides is > 0 and <= 64 && MatrixBatch.InLanes(result.DType, batch, n))
        {
            MatrixBatch.RunLanes(new LaneKernel { N = (int)n, Sides = (int)sides, Upper = upper }, result.DType, batch, MatrixOperand.In(input2), MatrixOperand.InOut(result));
            return;
        }
        var kernel = new Kernel { N = n, Sides = sides, Upper = upper };
        MatrixBatch.Run(ref kernel, result.DType, batch, MatrixOperand.In(input2), MatrixOperand.InOut(result));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N, Sides;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (N > 0 && Sides > 0) Kernels.Cholesky.Solve(at.As<T>(0), N, N, Upper, at.As<T>(1), Sides, Sides);
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N, Sides;
        public bool Upper;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            Kernels.SmallMatrices<T>.SolveCholesky(at.As<T>(0), at.As<T>(1), count, N, Sides, Upper);
    }

    static (Tensor? input, Tensor? input2) Grad(Tensor grad, Tensor input2, bool upper, Tensor result, NeedsGrad needs)
    {
        Tensor right = CholeskySolve.Call(grad, input2, upper);
        if (!needs[1]) return (right, null);
        Tensor half = Matrices.Product(right, Matrices.Adjoint(result));
        return (right, CholeskyInverse.FactorGradient(half + Matrices.Adjoint(half), input2, upper));
    }
}

[TensorOp("cholesky_inverse")]
internal static unsafe partial class CholeskyInverse
{
    /// <summary>The inverse of A from its triangular factor.</summary>
    static TensorSpec Infer(Tensor input, bool upper = false)
    {
        Check.That(input.Rank >= 2, $"cholesky_inverse: The input tensor A must have at least 2 dimensions.");
        if (!Matrices.IsDecomposable(input.DType)) throw TypeSwitch.NotImplemented("cholesky_inverse_out_cpu", input.DType);
        Matrices.RequireSquare("cholesky_inverse", input);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, bool upper, Tensor result)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Upper = upper };
        Tensor info = Matrices.Info(input).Zeros();
        if (MatrixBatch.InLanes(result.DType, Matrices.Batch(result), kernel.N))
            MatrixBatch.RunLanes(new LaneKernel { N = (int)kernel.N, Upper = upper }, result.DType, Matrices.Batch(result), MatrixOperand.In(input), MatrixOperand.Out(result), MatrixOperand.Out(info, 0));
        else MatrixBatch.Run(ref kernel, result.DType, Matrices.Batch(result), MatrixOperand.In(input), MatrixOperand.Out(result), MatrixOperand.Out(info, 0));
        Matrices.CheckInfo("cholesky_inverse", info,
            k => $"The diagonal element {k} is zero, the inversion could not be completed because the input matrix is singular.");
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Upper;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            *at.As<int>(2) = FirstZero(at.As<T>(0), N);
            if (*at.As<int>(2) == 0 && N > 0) Kernels.Cholesky.Inverse(at.As<T>(0), N, N, Upper, at.As<T>(1), N);
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N;
        public bool Upper;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T>
        {
            T* factors = at.As<T>(0), identity = at.As<T>(1);
            new Span<T>(identity, count * N * N).Clear();
            for (int i = 0; i < count; i++)
            {
                at.As<int>(2)[i] = FirstZero(factors + i * N * N, N);
                for (int k = 0; k < N; k++) identity[(i * N + k) * N + k] = T.One;
            }
            Kernels.SmallMatrices<T>.SolveCholesky(factors, identity, count, N, N, Upper);
        }
    }

    /// <summary>Which element of the diagonal is the first zero, from 1; 0 for none.</summary>
    private static int FirstZero<T>(T* factor, long n) where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < n; i++)
            if (T.IsZero(factor[i * (n + 1)])) return (int)i + 1;
        return 0;
    }

    static Tensor GradInput(Tensor grad, Tensor input, bool upper, Tensor result) =>
        FactorGradient(Matrices.Product(result, Matrices.Product(grad + Matrices.Adjoint(grad), result)), input, upper);

    /// <summary>−S·L, or −U·S, for the Hermitian S with which −S is the gradient of A = L·Lᴴ.</summary>
    internal static Tensor FactorGradient(Tensor hermitian, Tensor factor, bool upper) =>
        upper ? -Matrices.Product(factor, hermitian) : -Matrices.Product(hermitian, factor);
}
