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

    /// <summary>Throws PyTorch's LinAlgError for the first matrix of the batch that failed.</summary>
    internal static void CheckInfo(string op, Tensor info, Func<long, string> message)
    {
        Tensor flat = Dense.Of(info, ScalarType.Int32);
        for (long i = 0; i < flat.Numel; i++)
        {
            long code = flat.Alias([], [], flat.Offset + i).item<int>();
            if (code != 0) throw new LinAlgException($"{op}: {(info.Rank > 0 ? $"(Batch element {i}): " : "")}{message(code)}");
        }
    }

    internal static Tensor Product(Tensor a, Tensor b) => MatMul.Call(a, b);

    internal static Tensor Adjoint(Tensor a) => MatrixTranspose.Adjoint(a);

    /// <summary>The Hermitian part, (A + Aᴴ)/2.</summary>
    internal static Tensor Hermitian(Tensor a) => (a + Adjoint(a)) * 0.5;

    /// <summary>A · diag(v).</summary>
    internal static Tensor ScaleColumns(Tensor a, Tensor v) => a * Unsqueeze.Call(v, -2);

    /// <summary>diag(v) · A.</summary>
    internal static Tensor ScaleRows(Tensor a, Tensor v) => a * Unsqueeze.Call(v, -1);

    internal static Tensor Identity(Tensor like) => torch.eye(like.Sizes[^1], dtype: like.DType, device: like.device);
}
