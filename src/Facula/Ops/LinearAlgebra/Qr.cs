using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("qr", In = "torch.linalg", Method = false, Node = "LinalgQrBackward0")]
internal static unsafe partial class LinalgQr
{
    /// <summary>The QR decomposition of each matrix; <paramref name="mode"/> is <c>reduced</c>, <c>complete</c> or <c>r</c> (Q is empty).</summary>
    static (TensorSpec Q, TensorSpec R) Infer(Tensor A, string mode = "reduced")
    {
        Matrices.RequireMatrix("linalg.qr", A);
        Check.That(mode is "reduced" or "complete" or "r", $"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'");
        long m = A.Sizes[^2], n = A.Sizes[^1], k = mode == "complete" ? m : Math.Min(m, n);
        return (mode == "r" ? new TensorSpec([0], A.DType, A.device) : Matrices.Spec(A, [m, k]), Matrices.Spec(A, [k, n]));
    }

    static void Compute(Tensor A, string mode, Tensor Q, Tensor R)
    {
        long m = A.Sizes[^2], n = A.Sizes[^1];
        if (MatrixBatch.InLanes(A.DType, Matrices.Batch(A), Math.Max(m, n)) && Math.Min(m, n) > 0)
        {
            var lanes = new LaneKernel { Rows = (int)m, Columns = (int)n, Wide = (int)R.Sizes[^2], WantQ = mode != "r" };
            if (mode == "r") MatrixBatch.RunLanes(lanes, A.DType, Matrices.Batch(A), MatrixOperand.In(A), MatrixOperand.Out(R));
            else MatrixBatch.RunLanes(lanes, A.DType, Matrices.Batch(A), MatrixOperand.In(A), MatrixOperand.Out(R), MatrixOperand.Out(Q));
            return;
        }
        var kernel = new Kernel { Rows = m, Columns = n, Wide = R.Sizes[^2], WantQ = mode != "r" };
        Tensor factors = Copying.Converted(A, A.DType);
        if (mode == "r") MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.InOut(factors), MatrixOperand.Out(R));
        else MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.InOut(factors), MatrixOperand.Out(R), MatrixOperand.Out(Q));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns, Wide;
        public bool WantQ;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            long reflectors = Math.Min(Rows, Columns);
            T* a = at.As<T>(0), r = at.As<T>(1);
            fixed (T* tau = new T[reflectors + 1])
            {
                if (reflectors > 0) Kernels.Qr.Factor(a, Rows, Columns, Columns, tau);
                for (long i = 0; i < Wide; i++)
                    for (long j = 0; j < Columns; j++) r[i * Columns + j] = j >= i ? a[i * Columns + j] : T.Zero;
                if (!WantQ || Rows == 0 || Wide == 0) return;
                T* q = at.As<T>(2);
                for (long i = 0; i < Rows; i++)
                    for (long j = 0; j < Wide; j++) q[i * Wide + j] = j < reflectors ? a[i * Columns + j] : T.Zero;
                Kernels.Qr.FormQ(q, Rows, Wide, reflectors, Wide, tau);
            }
        }
    }

    private struct LaneKernel : ILaneKernel
    {
        public int Rows, Columns, Wide;
        public bool WantQ;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            Kernels.SmallMatrices<T>.Qr(at.As<T>(0), count, Rows, Columns, Wide, at.As<T>(1), WantQ ? at.As<T>(2) : null);
    }

    static Tensor GradA(Tensor? grad, Tensor? gradR, Size A, string mode, Tensor Q, Tensor R)
    {
        long m = A[-2], n = A[-1];
        Check.That(mode != "r", $"The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to require gradients of R.");
        Check.That(mode != "complete" || m <= n, $"The QR decomposition is not differentiable when mode='complete' and nrows > ncols.");
        if (m >= n) return Tall(grad, gradR, Q, R);
        // R = [R₁ R₂]: A's left block has the square decomposition, the right one is Q·R₂.
        Tensor left = Slice.Call(R, -1, 0, m), right = Slice.Call(R, -1, m);
        Tensor? gradLeft = gradR is null ? null : Slice.Call(gradR, -1, 0, m), gradRight = gradR is null ? null : Slice.Call(gradR, -1, m);
        Tensor? gradQ = grad;
        if (gradRight is not null)
        {
            // The right block R₂ = Qᴴ·A₂ gives Q the gradient A₂·G₂ᴴ = Q·R₂·G₂ᴴ.
            Tensor more = Matrices.Product(Matrices.Product(Q, right), Matrices.Adjoint(gradRight));
            gradQ = gradQ is null ? more : gradQ + more;
        }
        Tensor first = Tall(gradQ, gradLeft, Q, left);
        return Cat.Call(new[] { first, gradRight is null ? Matrices.Product(Q, torch.zeros_like(right)) : Matrices.Product(Q, gradRight) }, -1);
    }

    // (G_Q + Q·copyltu(M))·R⁻ᴴ with M = R·G_Rᴴ − G_Qᴴ·Q (Walter and Lehmann).
    private static Tensor Tall(Tensor? gradQ, Tensor? gradR, Tensor Q, Tensor R)
    {
        Tensor? m = gradR is null ? null : Matrices.Product(R, Matrices.Adjoint(gradR));
        if (gradQ is not null)
        {
            Tensor inner = Matrices.Product(Matrices.Adjoint(gradQ), Q);
            m = m is null ? -inner : m - inner;
        }
        Tensor lower = Tril.Call(m!, -1);
        Tensor diagonal = m!.diagonal(0, -2, -1);
        Tensor copied = lower + Matrices.Adjoint(lower) + torch.diag_embed(R.DType.is_complex ? torch.real(diagonal).to(R.DType) : diagonal);
        Tensor total = Matrices.Product(Q, copied);
        if (gradQ is not null) total = gradQ + total;
        return SolveTriangular.Call(Matrices.Adjoint(R), total, false, left: false);
    }
}

[CompositeOp("qr", Out = true)]
internal static partial class QrSome
{
    /// <summary>The QR decomposition of each matrix, reduced unless <paramref name="some"/> is false.</summary>
    static (Tensor Q, Tensor R) Compose(Tensor input, bool some = true) => LinalgQr.Call(input, some ? "reduced" : "complete");
}
