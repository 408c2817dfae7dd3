using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("ormqr")]
internal static unsafe partial class Ormqr
{
    /// <summary>Multiplies <paramref name="input3"/> from the left or the right by the product Q of reflectors, as <c>geqrf</c> leaves them, or by its adjoint.</summary>
    static TensorSpec Infer(Tensor input, Tensor input2, Tensor input3, bool left = true, bool transpose = false)
    {
        const string op = "torch.ormqr";
        Tensor tau = input2, other = input3;
        Check.That(input.Rank >= 2, $"{op}: input must have at least 2 dimensions.");
        Check.That(other.Rank >= 2, $"{op}: other must have at least 2 dimensions.");
        Check.That(other.Sizes[left ? ^2 : ^1] >= tau.Sizes[^1], $"{op}: other.shape[{(left ? -2 : -1)}] must be greater than or equal to tau.shape[-1]");
        Check.That(other.Sizes[left ? ^2 : ^1] == input.Sizes[^2], $"{op}: other.shape[{(left ? -2 : -1)}] must be equal to input.shape[-2]");
        Check.That(tau.Sizes[^1] <= input.Sizes[^1], $"{op}: tau.shape[-1] must be less than or equal to input.shape[-1]");
        Check.That(input.Rank - tau.Rank == 1, $"{op}: Expected tau to have one dimension less than input, but got tau.ndim equal to {tau.Rank} and input.ndim is equal to {input.Rank}");
        Check.That(input.Rank == other.Rank, $"{op}: Expected other to have the same number of dimensions as input, but got other.ndim equal to {other.Rank} and input.ndim is equal to {input.Rank}");
        Check.That(tau.SizesRef[..^1] == input.SizesRef[..^2], $"{op}: Expected batch dimensions of tau to be equal to input.shape[:-2], but got {tau.SizesRef[..^1].Brackets()}");
        Check.That(other.SizesRef[..^2] == input.SizesRef[..^2], $"{op}: Expected batch dimensions of other to be equal to input.shape[:-2], but got {other.SizesRef[..^2].Brackets()}");
        Check.That(tau.DType == input.DType, $"{op}: Expected input and tau to have the same dtype, but input has dtype{input.DType.LegacyName} and tau has dtype {tau.DType.LegacyName}");
        Check.That(other.DType == input.DType, $"{op}: Expected input and other to have the same dtype, but input has dtype{input.DType.LegacyName} and other has dtype {other.DType.LegacyName}");
        if (!Matrices.IsDecomposable(input.DType)) throw TypeSwitch.NotImplemented("ormqr_cpu", input.DType);
        return TensorSpec.Like(other);
    }

    static void Compute(Tensor input, Tensor input2, Tensor input3, bool left, bool transpose, Tensor result)
    {
        var kernel = new Kernel
        {
            Order = input.Sizes[^2], Pitch = input.Sizes[^1], Reflectors = input2.Sizes[^1], Columns = input3.Sizes[^1],
            Other = input3.Sizes[left ? ^1 : ^2], Left = left, Adjoint = transpose,
        };
        result.CopyRaw(input3);
        MatrixBatch.Run(ref kernel, result.DType, Matrices.Batch(result), MatrixOperand.In(input), MatrixOperand.In(input2, 1), MatrixOperand.InOut(result));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Order, Pitch, Reflectors, Columns, Other;
        public bool Left, Adjoint;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            Kernels.Qr.ApplyQ(at.As<T>(0), Order, Math.Min(Reflectors, Order), Pitch, at.As<T>(1), at.As<T>(2), Columns, Other, Left, Adjoint);
    }

    static (Tensor? input, Tensor? input2, Tensor? input3) Grad(Tensor grad, Tensor input, Tensor input2, Tensor input3, bool left, bool transpose, NeedsGrad needs)
    {
        if (!needs[0] && !needs[1]) return (null, null, Ormqr.Call(input, input2, grad, left, !transpose));
        // X·Q is (Qᴴ·Xᴴ)ᴴ.
        var chain = left
            ? ReflectorChain.Differentiate(input, input2, input3, grad, transpose)
            : ReflectorChain.Differentiate(input, input2, Matrices.Adjoint(input3), Matrices.Adjoint(grad), !transpose);
        return (chain.vectors, chain.tau, left ? chain.start : Matrices.Adjoint(chain.start));
    }
}

/// <summary>The derivative of a product of reflectors with a matrix, one reflector after the other.</summary>
internal static class ReflectorChain
{
    /// <summary>
    /// With Y = H₁·H₂·…·X (or its adjoint product) and Y's gradient: the gradients of what <c>geqrf</c> would have left, of tau, and of X.
    /// </summary>
    /// <remarks>
    /// For H = I − τ·v·vᴴ, w = vᴴ·(what H was applied to) and u = vᴴ·G: the gradient of τ is −Σ conj(w)·u and that of v
    /// −conj(τ)·G·wᴴ − τ·(what H was applied to)·uᴴ; behind H, G goes on as Hᴴ·G.
    /// </remarks>
    internal static (Tensor vectors, Tensor tau, Tensor start) Differentiate(Tensor input, Tensor tau, Tensor start, Tensor grad, bool adjoint)
    {
        int k = (int)tau.Sizes[^1];
        long m = input.Sizes[^2], n = input.Sizes[^1];
        Tensor v = Tril.Call(input.narrow(-1, 0, k), -1) + torch.eye(m, k, dtype: input.DType, device: input.device);
        var before = new Tensor[k];
        Tensor x = start;
        // The adjoint product applies H₁ᴴ first, the plain one the last reflector.
        for (int step = 0; step < k; step++)
        {
            int i = adjoint ? step : k - 1 - step;
            before[i] = x;
            Tensor factor = Factor(tau, i, adjoint), column = v.narrow(-1, i, 1);
            x = x - factor * Matrices.Product(column, Matrices.Product(Matrices.Adjoint(column), x));
        }
        var columns = new Tensor[k];
        var factors = new Tensor[k];
        Tensor g = grad;
        for (int step = k - 1; step >= 0; step--)
        {
            int i = adjoint ? step : k - 1 - step;
            Tensor factor = Factor(tau, i, adjoint), column = v.narrow(-1, i, 1), row = Matrices.Adjoint(column);
            Tensor w = Matrices.Product(row, before[i]), u = Matrices.Product(row, g);
            Tensor gradFactor = -(w.conj() * u).sum(-1);
            factors[i] = adjoint ? gradFactor.conj() : gradFactor;
            columns[i] = -(factor.conj() * Matrices.Product(g, Matrices.Adjoint(w))) - factor * Matrices.Product(before[i], Matrices.Adjoint(u));
            g = g - factor.conj() * Matrices.Product(column, u);
        }
        if (k == 0) return (torch.zeros_like(input.detach()), torch.zeros_like(tau.detach()), g);
        Tensor vectors = Tril.Call(torch.cat(columns, -1), -1);
        if (n > k) vectors = torch.nn.functional.pad(vectors, [0, n - k]);
        return (vectors, torch.cat(factors, -1), g);
    }

    private static Tensor Factor(Tensor tau, int i, bool conjugate)
    {
        Tensor factor = tau.narrow(-1, i, 1).unsqueeze(-1);
        return conjugate ? factor.conj() : factor;
    }
}
