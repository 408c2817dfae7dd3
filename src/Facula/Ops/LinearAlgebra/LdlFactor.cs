using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("ldl_factor_ex", In = "torch.linalg", Method = false)]
internal static unsafe partial class LdlFactorEx
{
    /// <summary>Bunch and Kaufman's factors of symmetric (or <paramref name="hermitian"/>) matrices, of which the lower triangle is read, and 0 or the order of the first zero block.</summary>
    static (TensorSpec LD, TensorSpec pivots, TensorSpec info) Infer(Tensor input, bool hermitian = false, bool check_errors = false)
    {
        Matrices.RequireSquare("torch.linalg.ldl_factor_ex", input);
        return (TensorSpec.Like(input), LuFactorEx.Pivots(input), Matrices.Info(input));
    }

    static void Compute(Tensor input, bool hermitian, bool check_errors, Tensor LD, Tensor pivots, Tensor info)
    {
        var kernel = new Kernel { N = input.Sizes[^1], Hermitian = hermitian };
        LD.CopyRaw(input);
        MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.InOut(LD), MatrixOperand.Out(pivots, 1), MatrixOperand.Out(info, 0));
        if (check_errors) Errors("torch.linalg.ldl_factor_ex", info);
    }

    internal static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info,
        k => $"The diagonal element {k} of D is zero, so that solving with the factors would divide by zero.");

    private struct Kernel : IMatrixKernel
    {
        public long N;
        public bool Hermitian;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(2) = N == 0 ? 0 : Ldl.Factor(at.As<T>(0), N, N, Hermitian, at.As<int>(1));
    }

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("linalg_ldl_factor_ex");
}

[CompositeOp("ldl_factor", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LdlFactor
{
    /// <summary>Bunch and Kaufman's factors of symmetric (or <paramref name="hermitian"/>) matrices, of which the lower triangle is read.</summary>
    static (Tensor LD, Tensor pivots) Compose(Tensor input, bool hermitian = false)
    {
        var (factors, pivots, info) = LdlFactorEx.Call(input, hermitian);
        LdlFactorEx.Errors("torch.linalg.ldl_factor", info);
        return (factors, pivots);
    }
}

[TensorOp("ldl_solve", In = "torch.linalg", Method = false)]
internal static unsafe partial class LdlSolve
{
    /// <summary>The solutions of A·X = B from the result of <c>ldl_factor</c>.</summary>
    static TensorSpec Infer(Tensor LD, Tensor pivots, Tensor B, bool hermitian = false)
    {
        Matrices.RequireSquare("torch.linalg.ldl_solve", LD);
        Check.That(B.Rank >= 2, $"torch.linalg.ldl_solve: Expected B to have at least 2 dimensions, but it has {B.Rank} dimensions instead");
        Check.That(pivots.SizesRef == LD.SizesRef[..^1],
            $"torch.linalg.ldl_solve: Expected LD.shape[:-1] and pivots.shape to be the same, but got pivots with shape {pivots.SizesRef.Brackets()} instead");
        Check.That(pivots.DType.IsIntegral, $"torch.linalg.ldl_solve: Expected pivots to be integers. Got {pivots.DType.LegacyName}");
        Matrices.RequireSolvable("torch.linalg.ldl_solve", B, LD);
        return new(Broadcasting.Shape(Matrices.Batch(LD), Matrices.Batch(B)).Concat(B.Sizes[^2..]), B.DType, B.device);
    }

    static void Compute(Tensor LD, Tensor pivots, Tensor B, bool hermitian, Tensor result)
    {
        Copying.Copy(B, result);
        var kernel = new Kernel { N = LD.Sizes[^1], Sides = B.Sizes[^1], Hermitian = hermitian };
        Tensor places = pivots.DType == ScalarType.Int32 ? pivots : Copying.Converted(pivots, ScalarType.Int32);
        MatrixBatch.Run(ref kernel, result.DType, Matrices.Batch(result), MatrixOperand.In(LD), MatrixOperand.In(places, 1), MatrixOperand.InOut(result));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N, Sides;
        public bool Hermitian;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (N == 0 || Sides == 0) return;
            int* pivots = at.As<int>(1);
            for (long i = 0; i < N; i++)
                Check.That(pivots[i] != 0 && Math.Abs((long)pivots[i]) <= N, $"torch.linalg.ldl_solve: pivots must be between 1 and {N} in size, but got {pivots[i]}");
            Ldl.Solve(at.As<T>(0), N, N, Hermitian, pivots, at.As<T>(2), Sides, Sides);
        }
    }

    static (Tensor LD, Tensor B) Grad(Tensor grad)
    {
        Tensor none = Derivatives.NotImplemented("linalg_ldl_solve");
        return (none, none);
    }
}
