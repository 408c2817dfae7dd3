namespace Facula.Ops;

/// <summary>Norms of matrices.</summary>
internal static class MatrixNorms
{
    /// <summary>The order ±1, ±2 or ±∞ over two dimensions.</summary>
    internal static Tensor Numbered(Tensor input, Scalar ord, Dims dim, bool keepdim, ScalarType? dtype)
    {
        double order = ord.ToDouble(), size = Math.Abs(order);
        var (rows, columns) = Require(input, dim, dtype, lowPrecision: size != 2);
        Check.That(size is 1 or 2 || double.IsInfinity(size), $"linalg.matrix_norm: Order {ord} not supported.");
        if (size == 2)
        {
            Tensor values = SvdVals.Call(Matrices.MoveLast(dtype is { } type ? input.to(type) : input, rows, columns));
            return Restored(order > 0 ? values.amax(-1) : values.amin(-1), rows, columns, keepdim);
        }
        if (size != 1) (rows, columns) = (columns, rows);
        Tensor sums = VectorNorm.Call(input, 1, rows, keepdim, dtype);
        // Without the dimension that was summed, the later one has moved up.
        long other = !keepdim && rows < columns ? columns - 1 : columns;
        return order > 0 ? sums.amax(other, keepdim) : sums.amin(other, keepdim);
    }

    /// <summary>The norm <c>fro</c> or <c>nuc</c> over two dimensions.</summary>
    internal static Tensor Named(Tensor input, string ord, Dims dim, bool keepdim, ScalarType? dtype)
    {
        Check.That(ord is "fro" or "nuc", $"linalg.matrix_norm: Order {ord} not supported.");
        var (rows, columns) = Require(input, dim, dtype, lowPrecision: ord == "fro");
        return ord == "fro"
            ? VectorNorm.Call(input, 2, (rows, columns), keepdim, dtype)
            : Nuclear(dtype is { } type ? input.to(type) : input, rows, columns, keepdim);
    }

    /// <summary>The sum of the singular values over two dimensions.</summary>
    internal static Tensor Nuclear(Tensor input, long rows, long columns, bool keepdim) =>
        Restored(SvdVals.Call(Matrices.MoveLast(input, rows, columns)).sum(-1), rows, columns, keepdim);

    private static Tensor Restored(Tensor result, long rows, long columns, bool keepdim) =>
        keepdim ? Movedim.Call(result.unsqueeze(-1).unsqueeze(-1), (-2, -1), (rows, columns)) : result;

    private static (long rows, long columns) Require(Tensor input, Dims dim, ScalarType? dtype, bool lowPrecision)
    {
        Check.That(input.Rank >= 2, $"linalg.matrix_norm: The input tensor A must have at least 2 dimensions.");
        Check.That(dim.Count == 2, $"linalg.matrix_norm: dim must be a 2-tuple. Got {string.Join(", ", dim)}");
        Check.That(input.DType.IsDifferentiable, $"linalg.matrix_norm: Expected a floating point or complex tensor as input. Got {input.DType.LegacyName}");
        Check.That(lowPrecision || input.DType != ScalarType.Float16 && input.DType != ScalarType.BFloat16,
            $"linalg.matrix_norm: Low precision dtypes not supported. Got {input.DType.LegacyName}");
        long rows = Check.Dim(dim[0], input.Rank), columns = Check.Dim(dim[1], input.Rank);
        Check.That(rows != columns, $"linalg.matrix_norm: dims must be different. Got ({dim[0]}, {dim[1]})");
        if (dtype is not { } type) return (rows, columns);
        Check.That(type.IsDifferentiable, $"linalg.matrix_norm: dtype should be floating point or complex, but got {type.LegacyName}");
        string kind = input.DType.is_complex ? "complex" : "real";
        Check.That(type.is_complex == input.DType.is_complex, $"linalg.matrix_norm: dtype should be {kind} for {kind} inputs, but got {type.LegacyName}");
        Check.That(Promotion.Promote(input.DType, type) == type,
            $"linalg.matrix_norm: the dtype of the input ({input.DType.LegacyName}) should be convertible without narrowing to the specified dtype ({type.LegacyName})");
        return (rows, columns);
    }
}

[CompositeOp("matrix_norm", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixNormNamed
{
    /// <summary>The Frobenius (<c>fro</c>) or nuclear (<c>nuc</c>) norm of the matrices in two dimensions.</summary>
    static Tensor Compose(Tensor input, string ord = "fro", Dims dim = default, bool keepdim = false, ScalarType? dtype = null) =>
        MatrixNorms.Named(input, ord, dim.IsNone ? (-2, -1) : dim, keepdim, dtype);
}

[CompositeOp("matrix_norm", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MatrixNormNumbered
{
    /// <summary>The norm of order 1, −1, 2, −2, ∞ or −∞ of the matrices in two dimensions.</summary>
    static Tensor Compose(Tensor input, Scalar ord, Dims dim = default, bool keepdim = false, ScalarType? dtype = null) =>
        MatrixNorms.Numbered(input, ord, dim.IsNone ? (-2, -1) : dim, keepdim, dtype);
}

[CompositeOp("norm", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgNorm
{
    /// <summary>The vector norm, or over two dimensions the matrix norm, of order <paramref name="ord"/>; without an order the 2-norm of all elements.</summary>
    static Tensor Compose(Tensor input, Scalar? ord = null, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Require(input, ord is not null, dim);
        if (ord is { } order && (dim.Count == 2 || (dim.IsNone && input.Rank == 2)))
            return MatrixNorms.Numbered(input, order, dim.IsNone ? (0, 1) : dim, keepdim, dtype);
        return VectorNorm.Call(input, ord ?? 2, dim, keepdim, dtype);
    }

    internal static void Require(Tensor input, bool ordered, Dims dim)
    {
        if (!dim.IsNone) Check.That(dim.Count is 1 or 2, $"linalg.norm: If dim is specified, it must be of length 1 or 2. Got [{string.Join(", ", dim)}]");
        else if (ordered) Check.That(input.Rank is 1 or 2, $"linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {input.Rank}D.");
    }
}

[CompositeOp("norm", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgNormNamed
{
    /// <summary>The Frobenius (<c>fro</c>) or nuclear (<c>nuc</c>) norm of matrices.</summary>
    static Tensor Compose(Tensor input, string ord, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        LinalgNorm.Require(input, true, dim);
        return MatrixNorms.Named(input, ord, dim.IsNone ? (0, 1) : dim, keepdim, dtype);
    }
}

[CompositeOp("cond", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Cond
{
    /// <summary>The condition number of each matrix for the norm of order <paramref name="p"/> (default 2).</summary>
    static Tensor Compose(Tensor input, Scalar? p = null)
    {
        Scalar ord = p ?? 2;
        double order = ord.ToDouble(), size = Math.Abs(order);
        Check.That(input.Rank >= 2, $"linalg.cond: The input tensor must have at least 2 dimensions.");
        Check.That(size is 1 or 2 || double.IsInfinity(size), $"linalg.cond got an invalid norm type: {ord}");
        if (input.Numel == 0) return Nothing(input);
        if (size != 2)
        {
            RequireSquare(input, ord.ToString());
            return MatrixNormNumbered.Call(input, ord) * MatrixNormNumbered.Call(InverseOrInfinity(input), ord);
        }
        Tensor values = SvdVals.Call(input), largest = values.narrow(-1, 0, 1), smallest = values.narrow(-1, -1, 1);
        return (order < 0 ? smallest / largest : largest / smallest).squeeze(-1);
    }

    internal static Tensor Nothing(Tensor input) => new TensorSpec(Matrices.Batch(input), input.DType.ToReal(), input.device).Zeros();

    internal static void RequireSquare(Tensor input, string? ord) => Check.That(input.Sizes[^1] == input.Sizes[^2],
        $"linalg.cond(ord={ord}): A must be batches of square matrices, but they are {input.Sizes[^2]} by {input.Sizes[^1]} matrices");

    internal static Tensor InverseOrInfinity(Tensor input)
    {
        var (inverse, info) = InvEx.Call(input);
        return inverse.masked_fill(torch.gt(info, 0).unsqueeze(-1).unsqueeze(-1), double.PositiveInfinity);
    }
}

[CompositeOp("cond", In = "torch.linalg", Method = false, Out = true)]
internal static partial class CondNamed
{
    /// <summary>The condition number of each matrix for the Frobenius (<c>fro</c>) or nuclear (<c>nuc</c>) norm.</summary>
    static Tensor Compose(Tensor input, string p)
    {
        Check.That(input.Rank >= 2, $"linalg.cond: The input tensor must have at least 2 dimensions.");
        Check.That(p is "fro" or "nuc", $"linalg.cond got an invalid norm type: {p}");
        if (input.Numel == 0) return Cond.Nothing(input);
        Cond.RequireSquare(input, p);
        if (p == "fro") return MatrixNormNamed.Call(input) * MatrixNormNamed.Call(Cond.InverseOrInfinity(input));
        // By its definition: matrix_norm would refuse the infinities of a singular matrix's inverse.
        Tensor values = SvdVals.Call(input);
        return values.sum(-1) * values.reciprocal().sum(-1);
    }
}
