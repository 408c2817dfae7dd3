using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lu_unpack_parts", Public = false, Node = "LuUnpackBackward0")]
internal static unsafe partial class LuUnpackParts
{
    /// <summary>P, L and U from a factorisation in one matrix; empty where not asked for.</summary>
    static (TensorSpec P, TensorSpec L, TensorSpec U) Infer(Tensor LU_data, Tensor LU_pivots, bool unpack_data, bool unpack_pivots)
    {
        Check.That(LU_data.Rank >= 2, $"torch.lu_unpack: Expected tensor with 2 or more dimensions. Got size: {LU_data.SizesRef.Brackets()} instead");
        Check.That(!unpack_pivots || LU_pivots.DType == ScalarType.Int32, $"torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\nNote: this function is intended to be used with the output produced by torch.linalg.lu_factor");
        long m = LU_data.Sizes[^2], n = LU_data.Sizes[^1], k = Math.Min(m, n);
        TensorSpec empty = new([0], LU_data.DType, LU_data.device);
        return (unpack_pivots ? Matrices.Spec(LU_data, [m, m]) : empty,
            unpack_data ? Matrices.Spec(LU_data, [m, k]) : empty, unpack_data ? Matrices.Spec(LU_data, [k, n]) : empty);
    }

    static void Compute(Tensor LU_data, Tensor LU_pivots, bool unpack_data, bool unpack_pivots, Tensor P, Tensor L, Tensor U)
    {
        if (unpack_data)
        {
            long k = L.Sizes[^1];
            Tensor data = LU_data.detach();
            L.CopyRaw(Tril.Call(data.narrow(-1, 0, k), -1));
            L.detach().diagonal(0, -2, -1).fill_(1);
            U.CopyRaw(Triu.Call(data.narrow(-2, 0, k)));
        }
        if (!unpack_pivots) return;
        var kernel = new Kernel { Rows = P.Sizes[^1], Count = LU_pivots.Sizes[^1] };
        MatrixBatch.Run(ref kernel, P.DType, Matrices.Batch(P), MatrixOperand.In(LU_pivots, 1), MatrixOperand.Out(P));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Count;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            int* pivots = at.As<int>(0);
            T* p = at.As<T>(1);
            for (long i = 0; i < Count; i++)
                Check.That(pivots[i] >= 1 && pivots[i] <= Rows, $"pivots passed to lu_unpack must be between 1 and LU.size(-2) inclusive.Did you properly pass the result of lu_factor?");
            new Span<T>(p, checked((int)(Rows * Rows))).Clear();
            fixed (int* permutation = new int[Rows + 1])
            {
                Lu.PivotsToPermutation(pivots, Count, Rows, permutation);
                // Row i of L·U is row permutation[i] of A.
                for (long i = 0; i < Rows; i++) p[permutation[i] * Rows + i] = T.One;
            }
        }
    }

    static Tensor GradLUData(Tensor? gradL, Tensor? gradU, TensorSpec LU_data)
    {
        long m = LU_data.Sizes[^2], n = LU_data.Sizes[^1], k = Math.Min(m, n);
        Tensor total = LU_data.Zeros();
        if (gradL is not null) total = total + Padded(Tril.Call(gradL, -1), 0, n - k);
        if (gradU is not null) total = total + Padded(Triu.Call(gradU), m - k, 0);
        return total;
    }

    private static Tensor Padded(Tensor part, long rows, long columns) =>
        rows == 0 && columns == 0 ? part : torch.nn.functional.pad(part, [0, columns, 0, rows]);
}

[CompositeOp("lu_unpack", Method = false, Out = true)]
internal static partial class LuUnpack
{
    /// <summary>P, L and U from the result of <c>lu_factor</c>; empty where not asked for.</summary>
    static (Tensor P, Tensor L, Tensor U) Compose(Tensor LU_data, Tensor LU_pivots, bool unpack_data = true, bool unpack_pivots = true)
    {
        var (p, lower, upper) = LuUnpackParts.Call(LU_data, LU_pivots, unpack_data, unpack_pivots);
        return (p.detach(), lower, upper);
    }
}

[TensorOp("linalg_lu", Public = false, Node = "LinalgLuBackward0")]
internal static partial class LuDecomposition
{
    /// <summary>P, L and U with P·L·U = A.</summary>
    static (TensorSpec P, TensorSpec L, TensorSpec U) Infer(Tensor A, bool pivot)
    {
        LuFactorEx.Require("linalg.lu", A, pivot);
        long m = A.Sizes[^2], n = A.Sizes[^1], k = Math.Min(m, n);
        return (Matrices.Spec(A, [m, m]), Matrices.Spec(A, [m, k]), Matrices.Spec(A, [k, n]));
    }

    static void Compute(Tensor A, bool pivot, Tensor P, Tensor L, Tensor U)
    {
        var (factors, pivots, _) = LuFactorEx.Call(A.detach());
        var parts = LuUnpack.Call(factors, pivots);
        P.CopyRaw(parts.P);
        L.CopyRaw(parts.L);
        U.CopyRaw(parts.U);
    }

    static Tensor GradA(Tensor? gradL, Tensor? gradU, Tensor P, Tensor L, Tensor U) => Gradient(gradL, gradU, P, L, U);

    /// <summary>
    /// P·L⁻ᴴ·(tril(Lᴴ·G_L, −1) + triu(G_U·Uᴴ))·U⁻ᴴ for square matrices; what hangs over the square part of L or U follows it and takes its
    /// share from the other triangle.
    /// </summary>
    internal static Tensor Gradient(Tensor? gradL, Tensor? gradU, Tensor P, Tensor L, Tensor U)
    {
        long m = L.Sizes[^2], n = U.Sizes[^1], k = Math.Min(m, n);
        Tensor lower = L.narrow(-2, 0, k), upper = U.narrow(-1, 0, k);
        Tensor inner = torch.zeros_like(lower.detach());
        if (gradL is not null)
        {
            inner = inner + Tril.Call(Matrices.Product(Matrices.Adjoint(lower), gradL.narrow(-2, 0, k)), -1);
            if (m > k) inner = inner - Triu.Call(Matrices.Product(Matrices.Adjoint(L.narrow(-2, k, m - k)), gradL.narrow(-2, k, m - k)));
        }
        if (gradU is not null)
        {
            inner = inner + Triu.Call(Matrices.Product(gradU.narrow(-1, 0, k), Matrices.Adjoint(upper)));
            if (n > k) inner = inner - Tril.Call(Matrices.Product(gradU.narrow(-1, k, n - k), Matrices.Adjoint(U.narrow(-1, k, n - k))), -1);
        }
        Tensor adjointL = Matrices.Adjoint(lower), adjointU = Matrices.Adjoint(upper);
        if (m > k)
        {
            inner = SolveTriangular.Call(adjointL, inner, true, true, true);
            Tensor below = gradL is null ? torch.zeros_like(L.narrow(-2, k, m - k).detach()) : gradL.narrow(-2, k, m - k);
            inner = SolveTriangular.Call(adjointU, torch.cat(new[] { inner, below }, -2), false, left: false);
        }
        else
        {
            inner = SolveTriangular.Call(adjointU, inner, false, left: false);
            if (n > k)
            {
                Tensor beside = gradU is null ? torch.zeros_like(U.narrow(-1, k, n - k).detach()) : gradU.narrow(-1, k, n - k);
                inner = torch.cat(new[] { inner, beside }, -1);
            }
            inner = SolveTriangular.Call(adjointL, inner, true, true, true);
        }
        return Matrices.Product(P.detach(), inner);
    }
}

[CompositeOp("lu", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgLu
{
    /// <summary>The permutation P, the unit lower triangular L and the upper triangular U with P·L·U = A.</summary>
    static (Tensor P, Tensor L, Tensor U) Compose(Tensor A, bool pivot = true)
    {
        var (p, lower, upper) = LuDecomposition.Call(A, pivot);
        return (p.detach(), lower, upper);
    }
}
