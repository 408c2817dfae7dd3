using System.Numerics;
using Kernels = Facula.Kernels;

namespace Facula.Ops;

[TensorOp("geqrf")]
internal static unsafe partial class Geqrf
{
    /// <summary>The QR decomposition as LAPACK leaves it: R on and above the diagonal of <c>a</c>, the reflectors below it, and their factors.</summary>
    static (TensorSpec a, TensorSpec tau) Infer(Tensor input)
    {
        Check.That(input.Rank >= 2, $"torch.geqrf: input must have at least 2 dimensions.");
        if (!Matrices.IsDecomposable(input.DType)) throw TypeSwitch.NotImplemented("geqrf_cpu", input.DType);
        return (TensorSpec.Like(input), Matrices.Spec(input, [Math.Min(input.Sizes[^2], input.Sizes[^1])]));
    }

    static void Compute(Tensor input, Tensor a, Tensor tau)
    {
        var kernel = new Kernel { Rows = input.Sizes[^2], Columns = input.Sizes[^1] };
        a.CopyRaw(input);
        MatrixBatch.Run(ref kernel, a.DType, Matrices.Batch(input), MatrixOperand.InOut(a), MatrixOperand.Out(tau, 1));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            Kernels.Qr.Factor(at.As<T>(0), Rows, Columns, Columns, at.As<T>(1));
    }

    static Tensor GradInput(Tensor grad) => throw new TorchException("the derivative for 'geqrf' is not implemented.");
}

[TensorOp("householder_product", In = "torch.linalg", Method = false, Node = "LinalgHouseholderProductBackward0")]
internal static unsafe partial class HouseholderProduct
{
    /// <summary>The first columns of the product of reflectors H₁·H₂·…, whose vectors stand below the diagonal of <paramref name="input"/>.</summary>
    static TensorSpec Infer(Tensor input, Tensor tau)
    {
        const string op = "torch.linalg.householder_product";
        Check.That(input.Rank >= 2, $"{op}: input must have at least 2 dimensions.");
        Check.That(input.Sizes[^2] >= input.Sizes[^1], $"{op}: input.shape[-2] must be greater than or equal to input.shape[-1]");
        Check.That(tau.Rank > 0 && input.Sizes[^1] >= tau.Sizes[^1], $"{op}: input.shape[-1] must be greater than or equal to tau.shape[-1]");
        Check.That(input.Rank - tau.Rank == 1, $"{op}: Expected tau to have one dimension less than input, but got tau.ndim equal to {tau.Rank} and input.ndim is equal to {input.Rank}");
        Check.That(tau.SizesRef[..^1] == input.SizesRef[..^2], $"{op}: Expected batch dimensions of tau to be equal to input.shape[:-2], but got {tau.SizesRef[..^1].Brackets()}");
        Check.That(tau.DType == input.DType, $"{op}: tau dtype {tau.DType.LegacyName} does not match input dtype {input.DType.LegacyName}");
        if (!Matrices.IsDecomposable(input.DType)) throw TypeSwitch.NotImplemented("orgqr_cpu", input.DType);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Tensor tau, Tensor result)
    {
        var kernel = new Kernel { Rows = input.Sizes[^2], Columns = input.Sizes[^1], Reflectors = tau.Sizes[^1] };
        result.CopyRaw(input);
        MatrixBatch.Run(ref kernel, result.DType, Matrices.Batch(result), MatrixOperand.InOut(result), MatrixOperand.In(tau, 1));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns, Reflectors;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (Rows > 0 && Columns > 0) Kernels.Qr.FormQ(at.As<T>(0), Rows, Columns, Reflectors, Columns, at.As<T>(1));
        }
    }

    static (Tensor? input, Tensor? tau) Grad(Tensor grad, Tensor input, Tensor tau)
    {
        if (input.Numel == 0 || tau.Numel == 0) return (null, null);
        long m = input.Sizes[^2], n = input.Sizes[^1];
        Tensor columns = torch.eye(m, n, dtype: input.DType, device: input.device);
        var chain = ReflectorChain.Differentiate(input, tau, columns, grad, adjoint: false);
        return (chain.vectors, chain.tau);
    }
}

[CompositeOp("orgqr", Out = true)]
internal static partial class Orgqr
{
    /// <summary>The first columns of the product of reflectors as <c>geqrf</c> leaves them: <c>torch.linalg.householder_product</c>.</summary>
    static Tensor Compose(Tensor input, Tensor input2) => HouseholderProduct.Call(input, input2);
}
