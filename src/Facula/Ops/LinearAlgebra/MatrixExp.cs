using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("matrix_exp", Out = false, Node = "LinalgMatrixExpBackward0")]
[Alias("torch.linalg.matrix_exp", Method = false)]
internal static unsafe partial class MatrixExp
{
    /// <summary>The exponential of each square matrix.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(input.DType.IsDifferentiable, $"matrix_exp: Expected a floating point or complex tensor as input. Got {input.DType.LegacyName}");
        Matrices.RequireSquare("linalg.matrix_exp", input);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Tensor result)
    {
        var kernel = new Kernel { N = input.Sizes[^1] };
        MatrixBatch.Run(ref kernel, input.DType, Matrices.Batch(input), MatrixOperand.In(input), MatrixOperand.Out(result));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C> =>
            MatrixExponential.Compute(at.As<T>(0), N, N, at.As<T>(1), N);
    }

    // The corner of exp([[Aᴴ, G], [0, Aᴴ]]) is the derivative at Aᴴ in the direction of G (Mathias).
    static Tensor GradInput(Tensor grad, Tensor input)
    {
        long n = input.Sizes[^1];
        Tensor adjoint = Matrices.Adjoint(input);
        Tensor upper = torch.cat(new[] { adjoint, grad }, -1), lower = torch.cat(new[] { torch.zeros_like(adjoint.detach()), adjoint }, -1);
        return MatrixExp.Call(torch.cat(new[] { upper, lower }, -2)).narrow(-2, 0, n).narrow(-1, n, n);
    }
}

[CompositeOp("matrix_power", Out = true)]
[Alias("torch.linalg.matrix_power", Method = false)]
internal static partial class MatrixPower
{
    /// <summary>The n-th power of each square matrix; negative ones are powers of the inverse.</summary>
    static Tensor Compose(Tensor input, long n)
    {
        Check.That(input.Rank >= 2, $"linalg.matrix_power: The input tensor A must have at least 2 dimensions.");
        Check.That(input.Sizes[^1] == input.Sizes[^2], $"linalg.matrix_power: A must be batches of square matrices, but they are {input.Sizes[^2]} by {input.Sizes[^1]} matrices");
        if (n == 0) return Clone.Call(input).copy_(Matrices.Identity(input));
        if (n == 1) return Clone.Call(input);
        Tensor factor = n < 0 ? InvEx.Checked("linalg.inv", input) : input;
        if (n == -1) return factor;
        if (n is 3 or -3) return Matrices.Product(Matrices.Product(factor, factor), factor);
        Tensor? power = null, result = null;
        for (ulong rest = n < 0 ? 0UL - (ulong)n : (ulong)n; rest > 0; rest >>= 1)
        {
            power = power is null ? factor : Matrices.Product(power, power);
            if ((rest & 1) != 0) result = result is null ? power : Matrices.Product(result, power);
        }
        return result!;
    }
}
