namespace Facula.Ops;

/// <summary>Argument rules, shapes and small formulas that the decompositions share.</summary>
internal static class Matrices
{
    internal static Size Batch(Tensor input) => input.SizesRef[..^2];

    internal static void RequireMatrix(string op, Tensor input, string name = "A")
    {
        Check.That(input.Rank >= 2, $"{op}: The input tensor {name} must have at least 2 dimensions.");
        Check.That(input.DType.IsDifferentiable, $"{op}: Expected a floating point or complex tensor as input. Got {input.DType.LegacyName}");
        Check.That(input.DType != ScalarType.Float16 && input.DType != ScalarType.BFloat16,
            $"{op}: Low precision dtypes not supported. Got {input.DType.LegacyName}");
    }

    internal static void RequireSquare(string op, Tensor input, string name = "A")
    {
        RequireMatrix(op, input, name);
        Check.That(input.Sizes[^1] == input.Sizes[^2],
            $"{op}: {name} must be batches of square matrices, but they are {input.Sizes[^2]} by {input.Sizes[^1]} matrices");
    }

    internal static TensorSpec Spec(Tensor input, ReadOnlySpan<long> core) => new(Batch(input).Concat(core), input.DType, input.device);

    internal static TensorSpec Real(in TensorSpec spec) => spec.As(spec.DType.is_complex ? spec.DType.ToReal() : spec.DType);

    internal static TensorSpec Info(Tensor input) => new(Batch(input), ScalarType.Int32, input.device);

    internal static void RequireSameType(Tensor b, Tensor a) =>
        Check.That(a.DType == b.DType, $"Expected b and A to have the same dtype, but found b of type {b.DType.LegacyName} and A of type {a.DType.LegacyName} instead.");

    /// <summary>The rules of the solvers that PyTorch kept from its first years: b (*, n, k), A (*, n, n).</summary>
    internal static void RequireSolvable(string op, Tensor b, Tensor a)
    {
        RequireSameType(b, a);
        Check.That(a.Sizes[^1] == a.Sizes[^2], $"A must be batches of square matrices, but they are {a.Sizes[^2]} by {a.Sizes[^1]} matrices");
        Check.That(a.Sizes[^1] == b.Sizes[^2],
            $"Incompatible matrix sizes for {op}: each A matrix is {a.Sizes[^1]} by {a.Sizes[^1]} but each b matrix is {b.Sizes[^2]} by {b.Sizes[^1]}");
        if (!IsDecomposable(b.DType)) throw TypeSwitch.NotImplemented($"{op}_cpu", b.DType);
    }

    /// <summary>Whether the matrix kernels take the dtype.</summary>
    internal static bool IsDecomposable(ScalarType dtype) => dtype.Code is TypeCode.Float32 or TypeCode.Float64 or TypeCode.Complex64 or TypeCode.Complex128;

    /// <summary>A matrix, broadcast over a batch, in memory of its own.</summary>
    internal static Tensor Spread(Tensor input, in Size batch)
    {
        Tensor copy = Tensor.Allocate(batch.Concat(input.Sizes[^2..]), input.DType, input.device);
        Copying.Copy(input, copy);
        return copy;
    }

    /// <summary>Throws PyTorch's LinAlgError for the first matrix of the batch that failed.</summary>
    internal static void CheckInfo(string op, Tensor info, Func<long, string> message)
    {
        Tensor flat = Dense.Of(info, ScalarType.Int32);
        int failed = flat.Numel == 0 ? -1 : flat.Span<int>().IndexOfAnyExcept(0);
        if (failed >= 0) throw new LinAlgException($"{op}: {(info.Rank > 0 ? $"(Batch element {failed}): " : "")}{message(flat.Span<int>()[failed])}");
        GC.KeepAlive(flat);
    }

    internal static Tensor Product(Tensor a, Tensor b) => MatMul.Call(a, b);

    internal static Tensor Adjoint(Tensor a) => MatrixTranspose.Adjoint(a);

    /// <summary>The Hermitian part, (A + Aᴴ)/2.</summary>
    internal static Tensor Hermitian(Tensor a) => (a + Adjoint(a)) * 0.5;

    /// <summary>A · diag(v).</summary>
    internal static Tensor ScaleColumns(Tensor a, Tensor v) => a * Unsqueeze.Call(v, -2);

    /// <summary>diag(v) · A.</summary>
    internal static Tensor ScaleRows(Tensor a, Tensor v) => a * Unsqueeze.Call(v, -1);

    /// <summary>A view with the dimensions of the matrices last.</summary>
    internal static Tensor MoveLast(Tensor a, long rows, long columns) => Movedim.Call(a, (rows, columns), (-2, -1));

    /// <summary>λᵢ − λⱼ in place (j, i), with ones on the diagonal.</summary>
    internal static Tensor Gaps(Tensor values) =>
        Unsqueeze.Call(values, -2) - Unsqueeze.Call(values, -1) + torch.diag_embed(torch.ones_like(values.detach()));

    /// <summary>A − Aᴴ.</summary>
    internal static Tensor Skew(Tensor a) => a - Adjoint(a);

    /// <summary>
    /// A complex vector of a decomposition has a free phase: throws when the loss depends on it, that is, when the imaginary parts, which
    /// should cancel, do not.
    /// </summary>
    internal static void RequireFreePhase(Tensor diagonal, Tensor? other, string message)
    {
        if (!diagonal.DType.is_complex) return;
        Tensor parts = torch.imag(diagonal.detach()), expected = other is null ? torch.zeros_like(parts) : -torch.imag(other.detach());
        Check.That(torch.allclose(parts, expected, 1e-2, 1e-2), $"{message}");
    }

    internal static Tensor Identity(Tensor like) => torch.eye(like.Sizes[^1], dtype: like.DType, device: like.device);
}
