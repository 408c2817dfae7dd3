using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("svd", In = "torch.linalg", Method = false, Node = "LinalgSvdBackward0")]
internal static unsafe partial class LinalgSvd
{
    /// <summary>The singular value decomposition of each matrix, A = U·diag(S)·Vh.</summary>
    static (TensorSpec U, TensorSpec S, TensorSpec Vh) Infer(Tensor A, bool full_matrices = true)
    {
        Matrices.RequireMatrix("linalg.svd", A);
        long m = A.Sizes[^2], n = A.Sizes[^1], k = Math.Min(m, n);
        return (Matrices.Spec(A, [m, full_matrices ? m : k]), Matrices.Real(Matrices.Spec(A, [k])), Matrices.Spec(A, [full_matrices ? n : k, n]));
    }

    static void Compute(Tensor A, bool full_matrices, Tensor U, Tensor S, Tensor Vh)
    {
        var kernel = new Kernel { Rows = A.Sizes[^2], Columns = A.Sizes[^1], Left = U.Sizes[^1], Right = Vh.Sizes[^2] };
        Tensor info = Matrices.Info(A).Zeros();
        long k = S.Sizes[^1];
        if (k > 0 && kernel.Left == k && kernel.Right == k && MatrixBatch.InLanes(A.DType, Matrices.Batch(A), Math.Max(kernel.Rows, kernel.Columns)))
            MatrixBatch.RunLanes(new LaneKernel { Rows = (int)kernel.Rows, Columns = (int)kernel.Columns }, A.DType, Matrices.Batch(A),
                MatrixOperand.In(A), MatrixOperand.Out(S, 1), MatrixOperand.Out(info, 0), MatrixOperand.Out(U), MatrixOperand.Out(Vh));
        else MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.In(A), MatrixOperand.Out(U), MatrixOperand.Out(S, 1), MatrixOperand.Out(Vh), MatrixOperand.Out(info, 0));
        Errors("linalg.svd", info);
    }

    internal static void Errors(string op, Tensor info) => Matrices.CheckInfo(op, info,
        k => $"The algorithm failed to converge because the input matrix {(k < 0 ? "contained non-finite values." : $"is ill-conditioned or has too many repeated singular values (error code: {k}).")}");

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns, Left, Right;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            T* u = at.As<T>(1), vh = at.As<T>(3);
            if (Rows == 0 || Columns == 0)
            {
                for (long i = 0; i < Rows * Left; i++) u[i] = i / Left == i % Left ? T.One : T.Zero;
                for (long i = 0; i < Right * Columns; i++) vh[i] = i / Columns == i % Columns ? T.One : T.Zero;
                *at.As<int>(4) = 0;
                return;
            }
            *at.As<int>(4) = Kernels.Svd.Compute(at.As<T>(0), Rows, Columns, Columns, at.As<R>(2), u, Left, Left, vh, Columns, Right);
        }
    }

    internal struct LaneKernel : ILaneKernel
    {
        public int Rows, Columns;
        public bool ValuesAlone;

        public readonly void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T> =>
            Kernels.SmallMatrices<T>.SingularValues(at.As<T>(0), count, Rows, Columns, at.As<T>(1), ValuesAlone ? null : at.As<T>(3), ValuesAlone ? null : at.As<T>(4), at.As<int>(2));
    }

    private const string Phase =
        "svd_backward: The singular vectors in the complex case are specified up to multiplication by e^{i phi}. The specified loss function depends on this phase term, making it ill-defined.";

    static Tensor GradA(Tensor? grad, Tensor? gradS, Tensor? gradVh, Tensor U, Tensor S, Tensor Vh)
    {
        long k = S.Sizes[^1];
        Tensor u = Slice.Call(U, -1, 0, k), vh = Slice.Call(Vh, -2, 0, k);
        Tensor? gradU = grad is null ? null : Slice.Call(grad, -1, 0, k), gradV = gradVh is null ? null : Matrices.Adjoint(Slice.Call(gradVh, -2, 0, k));
        Tensor adjointU = Matrices.Adjoint(u), v = Matrices.Adjoint(vh), squares = S * S;
        Tensor gaps = Matrices.Gaps(squares);
        Tensor? inner = gradS is null ? null : torch.diag_embed(gradS.to(u.DType));
        Tensor? skewU = gradU is null ? null : Matrices.Skew(Matrices.Product(adjointU, gradU));
        Tensor? skewV = gradV is null ? null : Matrices.Skew(Matrices.Product(vh, gradV));
        if ((skewU ?? skewV) is { } turned)
            Matrices.RequireFreePhase(turned.diagonal(0, -2, -1), skewU is null ? null : skewV?.diagonal(0, -2, -1), Phase);
        if (skewU is not null)
        {
            Tensor part = Matrices.ScaleColumns(skewU / gaps, S);
            if (u.DType.is_complex && skewV is not null) part = part + torch.diag_embed(skewU.diagonal(0, -2, -1) / (2 * S));
            inner = inner is null ? part : inner + part;
        }
        if (skewV is not null)
        {
            Tensor part = Matrices.ScaleRows(skewV / gaps, S);
            inner = inner is null ? part : inner + part;
        }
        Tensor result = Matrices.Product(Matrices.Product(u, inner!), vh);
        if (gradU is not null && U.Sizes[^2] > k)
        {
            Tensor outside = gradU - Matrices.Product(u, Matrices.Product(adjointU, gradU));
            result = result + Matrices.Product(Matrices.ScaleColumns(outside, 1 / S), vh);
        }
        if (gradV is not null && Vh.Sizes[^1] > k)
        {
            Tensor outside = gradV - Matrices.Product(v, Matrices.Product(vh, gradV));
            result = result + Matrices.Product(Matrices.ScaleColumns(u, 1 / S), Matrices.Adjoint(outside));
        }
        return result;
    }
}

[TensorOp("svdvals_values", Public = false)]
internal static unsafe partial class SvdValuesAlone
{
    /// <summary>The singular values alone, for which no vectors are formed.</summary>
    static TensorSpec Infer(Tensor A)
    {
        Matrices.RequireMatrix("linalg.svd", A);
        return Matrices.Real(Matrices.Spec(A, [Math.Min(A.Sizes[^2], A.Sizes[^1])]));
    }

    static void Compute(Tensor A, Tensor result)
    {
        var kernel = new Kernel { Rows = A.Sizes[^2], Columns = A.Sizes[^1] };
        Tensor info = Matrices.Info(A).Zeros();
        if (result.Numel == 0) return;
        if (MatrixBatch.InLanes(A.DType, Matrices.Batch(A), Math.Max(kernel.Rows, kernel.Columns)))
            MatrixBatch.RunLanes(new LinalgSvd.LaneKernel { Rows = (int)kernel.Rows, Columns = (int)kernel.Columns, ValuesAlone = true }, A.DType, Matrices.Batch(A),
                MatrixOperand.In(A), MatrixOperand.Out(result, 1), MatrixOperand.Out(info, 0));
        else
            MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.In(A), MatrixOperand.Out(result, 1), MatrixOperand.Out(info, 0));
        LinalgSvd.Errors("linalg.svd", info);
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            *at.As<int>(2) = Kernels.Svd.Compute<T, R>(at.As<T>(0), Rows, Columns, Columns, at.As<R>(1), null, 0, 0, null, 0, 0);
    }
}

[CompositeOp("svdvals", In = "torch.linalg", Method = false, Out = true)]
internal static partial class SvdVals
{
    /// <summary>The singular values of each matrix, descending.</summary>
    static Tensor Compose(Tensor A) => GradMode.Enabled && A.NeedsGrad ? LinalgSvd.Call(A, false).S : SvdValuesAlone.Call(A);
}

[CompositeOp("svd", Out = true)]
internal static partial class SvdSome
{
    /// <summary>The singular value decomposition of each matrix, input = U·diag(S)·Vᴴ; zeros for U and V unless <paramref name="compute_uv"/>.</summary>
    static (Tensor U, Tensor S, Tensor V) Compose(Tensor input, bool some = true, bool compute_uv = true)
    {
        var (u, s, vh) = LinalgSvd.Call(input, compute_uv && !some);
        if (compute_uv) return (u, s, Matrices.Adjoint(vh));
        long m = input.Sizes[^2], n = input.Sizes[^1];
        return (Matrices.Spec(input, [m, m]).Zeros(), s, Matrices.Spec(input, [n, n]).Zeros());
    }
}
