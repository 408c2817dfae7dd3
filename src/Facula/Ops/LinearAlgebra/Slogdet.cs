using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("slogdet", In = "torch.linalg", Method = false, Node = "LinalgSlogdetBackward0")]
internal static unsafe partial class LinalgSlogdet
{
    /// <summary>The sign (or phase) of each matrix's determinant and the logarithm of its absolute value.</summary>
    static (TensorSpec sign, TensorSpec logabsdet) Infer(Tensor A)
    {
        Matrices.RequireSquare("linalg.slogdet", A);
        TensorSpec spec = Matrices.Spec(A, []);
        return (spec, Matrices.Real(spec));
    }

    static void Compute(Tensor A, Tensor sign, Tensor logabsdet)
    {
        long n = A.Sizes[^1];
        Size batch = Matrices.Batch(A);
        Tensor factors = Copying.Converted(A, A.DType), pivots = LuFactorEx.Pivots(A).Allocate(), info = Matrices.Info(A).Allocate();
        ReadOnlySpan<MatrixOperand> operands = [MatrixOperand.InOut(factors), MatrixOperand.Out(sign, 0), MatrixOperand.Out(logabsdet, 0), MatrixOperand.Out(pivots, 1), MatrixOperand.Out(info, 0)];
        var kernel = new Kernel { N = n };
        if (MatrixBatch.InLanes(A.DType, batch, n))
            MatrixBatch.RunLanes(new LaneKernel { N = (int)n }, A.DType, batch, operands);
        else
            MatrixBatch.Run(ref kernel, A.DType, batch, operands);
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (N > 0) Lu.Factor(at.As<T>(0), N, N, N, at.As<int>(3));
            *at.As<T>(1) = Lu.SignAndLogDeterminant(at.As<T>(0), N, N, at.As<int>(3), out double logarithm);
            *at.As<R>(2) = R.CreateTruncating(logarithm);
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int N;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T>
        {
            SmallMatrices<T>.FactorLu(at.As<T>(0), count, N, at.As<int>(3), at.As<int>(4));
            for (int i = 0; i < count; i++)
            {
                at.As<T>(1)[i] = Lu.SignAndLogDeterminant(at.As<T>(0) + (long)i * N * N, N, N, at.As<int>(3) + i * N, out double logarithm);
                at.As<T>(2)[i] = T.CreateTruncating(logarithm);
            }
        }
    }

    // dL = Re((g − i·c)·tr(A⁻¹dA)) with c the part of the sign's gradient along its circle.
    static Tensor GradA(Tensor? grad, Tensor? gradLogabsdet, Tensor A, Tensor sign)
    {
        Tensor? weight = gradLogabsdet;
        if (A.DType.is_complex && grad is not null)
        {
            Tensor turn = torch.imag(grad * sign.conj()) * new Complex(0, 1);
            weight = weight is null ? turn : weight + turn;
        }
        if (weight is null) return torch.zeros_like(A);
        Tensor spread = Matrices.Identity(A) * weight.unsqueeze(-1).unsqueeze(-1);
        return SolveLeft.Call(Matrices.Adjoint(A), spread).result;
    }
}

[CompositeOp("slogdet")]
internal static partial class Slogdet
{
    /// <summary>The sign (or phase) of each matrix's determinant and the logarithm of its absolute value.</summary>
    static (Tensor sign, Tensor logabsdet) Compose(Tensor input) => LinalgSlogdet.Call(input);
}

[CompositeOp("logdet")]
internal static partial class Logdet
{
    /// <summary>The logarithm of each matrix's determinant; not a number where a real one is negative.</summary>
    static Tensor Compose(Tensor input)
    {
        var (sign, logarithm) = LinalgSlogdet.Call(input);
        if (input.DType.is_complex) return logarithm + torch.log(sign);
        return torch.where(sign == -1, torch.full_like(logarithm.detach(), double.NaN), logarithm);
    }
}
