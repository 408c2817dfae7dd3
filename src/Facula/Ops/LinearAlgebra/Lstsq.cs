using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("linalg_lstsq", Public = false, Node = "LinalgLstsqBackward0")]
internal static unsafe partial class LeastSquaresParts
{
    /// <summary>Minimisers of ‖A·X − B‖ for a matrix B, with ranks, singular values and failures of every system of the batch.</summary>
    static (TensorSpec solution, TensorSpec rank, TensorSpec singular_values, TensorSpec info) Infer(Tensor input, Tensor b, double rcond, string driver)
    {
        Size batch = Broadcasting.Shape(Matrices.Batch(input), Matrices.Batch(b));
        long m = input.Sizes[^2], n = input.Sizes[^1];
        return (new(batch.Concat([n, b.Sizes[^1]]), input.DType, input.device), new(batch, ScalarType.Int64, input.device),
            new(batch.Concat([Math.Min(m, n)]), input.DType.ToReal(), input.device), new(batch, ScalarType.Int32, input.device));
    }

    static void Compute(Tensor input, Tensor b, double rcond, string driver, Tensor solution, Tensor rank, Tensor singular_values, Tensor info)
    {
        rank.FillRaw(0);
        singular_values.FillRaw(0);
        info.FillRaw(0);
        solution.FillRaw(0);
        if (input.Numel == 0) return;
        var kernel = new Kernel { Rows = input.Sizes[^2], Columns = input.Sizes[^1], Sides = b.Sizes[^1], Tolerance = rcond, Driver = driver };
        MatrixBatch.Run(ref kernel, input.DType, info.SizesRef, MatrixOperand.In(input), MatrixOperand.In(b), MatrixOperand.InOut(solution),
            MatrixOperand.InOut(rank, 0), MatrixOperand.InOut(singular_values, 1), MatrixOperand.InOut(info, 0));
    }

    private struct Kernel : IMatrixKernel
    {
        public long Rows, Columns, Sides;
        public double Tolerance;
        public string Driver;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            int rank = 0;
            switch (Driver)
            {
                case "gels":
                    *at.As<int>(5) = LeastSquares.SolveQr(at.As<T>(0), Rows, Columns, Columns, at.As<T>(1), Sides, Sides, at.As<T>(2), Sides);
                    break;
                case "gelsy":
                    LeastSquares.SolvePivotedQr(at.As<T>(0), Rows, Columns, Columns, at.As<T>(1), Sides, Sides, at.As<T>(2), Sides, Tolerance, out rank);
                    break;
                default:
                    *at.As<int>(5) = LeastSquares.SolveSvd(at.As<T>(0), Rows, Columns, Columns, at.As<T>(1), Sides, Sides, at.As<T>(2), Sides, at.As<R>(4), Tolerance, out rank);
                    break;
            }
            *at.As<long>(3) = rank;
        }
    }

    // The solution is A⁺·B.
    static (Tensor? input, Tensor? b) Grad(Tensor grad, Tensor input, Tensor b, NeedsGrad needs)
    {
        Tensor inverse = PinvOf.Call(input, null, null, false);
        Tensor? left = needs[0] ? PinvOf.Gradient(Matrices.Product(grad, Matrices.Adjoint(b)), inverse, input) : null;
        return (left, needs[1] ? Matrices.Product(Matrices.Adjoint(inverse), grad) : null);
    }
}

[CompositeOp("lstsq", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Lstsq
{
    /// <summary>
    /// Minimisers of ‖A·X − B‖ by <paramref name="driver"/> <c>gelsy</c> (default), <c>gels</c>, <c>gelsd</c> or <c>gelss</c>, with the squared
    /// residuals, ranks and singular values where the driver finds them.
    /// </summary>
    static (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values) Compose(Tensor input, Tensor b, double? rcond = null, string? driver = null)
    {
        Check.That(input.Rank >= 2, $"torch.linalg.lstsq: input must have at least 2 dimensions.");
        Check.That(b.Rank >= 1, $"torch.linalg.lstsq: other must have at least 1 dimension.");
        Check.That(input.DType == b.DType, $"torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype {input.DType.LegacyName} and other's dtype {b.DType.LegacyName}");
        Check.That(input.Rank - b.Rank is 0 or 1, $"torch.linalg.lstsq: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1");
        bool vector = input.Rank - b.Rank == 1 && (b.Rank == 1 || input.SizesRef[..^1] == b.SizesRef);
        if (vector || b.Rank < input.Rank)
        {
            Check.That(vector || b.Sizes[^1] == input.Sizes[^2], $"torch.linalg.lstsq: input.size(-2) should match other.size(-1)");
            Check.That(b.Sizes[^1] == input.Sizes[^2], $"torch.linalg.lstsq: input.size(-2) should match other.size(-1)");
        }
        else Check.That(b.Sizes[^2] == input.Sizes[^2], $"torch.linalg.lstsq: input.size(-2) should match other.size(-2)");
        string name = driver ?? "gelsy";
        Check.That(name is "gels" or "gelsy" or "gelsd" or "gelss", $"torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)");
        Check.That(Matrices.IsDecomposable(input.DType), $"This function doesn't handle types other than float and double");

        long m = input.Sizes[^2], n = input.Sizes[^1];
        Tensor right = vector ? Unsqueeze.Call(b, -1) : b;
        double tolerance = rcond ?? DetFactors.Epsilon(input.DType) * Math.Max(m, n);
        var (solution, rank, values, info) = LeastSquaresParts.Call(input, right, tolerance, name);
        Matrices.CheckInfo("torch.linalg.lstsq", info, k => k < 0
            ? "The algorithm failed to converge because the input matrix contained non-finite values."
            : $"The least squares solution could not be computed because the input matrix does not have full rank (error code: {k}).");

        ScalarType real = input.DType.ToReal();
        Tensor empty = new TensorSpec([0], real, input.device).Allocate();
        Tensor residuals = empty;
        if (m > n && name != "gelsy" && (name == "gels" || rank.eq(n).all().item<bool>()))
        {
            Tensor distance = (Matrices.Product(input.detach(), solution.detach()) - right.detach()).abs();
            residuals = (distance * distance).sum(-2);
        }
        bool values_wanted = name is "gelsd" or "gelss";
        return (vector ? solution.squeeze(-1) : solution, residuals,
            name == "gels" ? new TensorSpec([0], ScalarType.Int64, input.device).Allocate() : Own(rank, input, 0),
            values_wanted ? Own(values.detach(), input, 1) : empty);
    }

    // What belongs to A alone is told once for each A, also where A is broadcast against B.
    private static Tensor Own(Tensor found, Tensor input, int core)
    {
        Size batch = Matrices.Batch(input);
        for (int i = 0; i < batch.Rank; i++)
            if (found.Sizes[i] != batch[i]) found = found.narrow(i, 0, batch[i]);
        return found.Rank == batch.Rank + core ? found.contiguous() : found;
    }
}
