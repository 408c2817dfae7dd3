namespace Facula.Ops;

[ViewOp("diagonal")]
internal static partial class Diagonal
{
    /// <summary>The diagonal with respect to two dimensions, as a view whose last dimension runs along it.</summary>
    static ViewSpec Infer(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) =>
        Of(input.SizesRef, input.StridesRef, input.Offset, offset, dim1, dim2);

    internal static ViewSpec Of(in Size sizes, in Size strides, long start, long offset, long dim1, long dim2)
    {
        int a = Check.Dim(dim1, sizes.Rank), b = Check.Dim(dim2, sizes.Rank);
        Check.That(a != b, $"diagonal dimensions cannot be identical {dim1}, {dim2}");
        long count = Math.Max(0, offset >= 0 ? Math.Min(sizes[a], sizes[b] - offset) : Math.Min(sizes[a] + offset, sizes[b]));
        long at = count == 0 ? start : start + (offset >= 0 ? offset * strides[b] : -offset * strides[a]);
        int low = Math.Min(a, b), high = Math.Max(a, b), rank = sizes.Rank - 2;
        return new(sizes.Without(high).Without(low).Insert(rank, count), strides.Without(high).Without(low).Insert(rank, strides[a] + strides[b]), at);
    }

    static Tensor GradInput(Tensor grad, Size input, long offset, long dim1, long dim2) =>
        ViewGradient.Of(grad, input, Of(input, input.ContiguousStrides(), 0, offset, dim1, dim2));
}

/// <summary>The gradient of a view: zeros of the input's shape with the viewed part set.</summary>
internal static class ViewGradient
{
    /// <summary><paramref name="view"/> is the view's geometry on a row-major tensor of the shape <paramref name="input"/>.</summary>
    internal static Tensor Of(Tensor grad, in Size input, in ViewSpec view) =>
        View.Call(ScatterStrided.Call(grad, input.numel(), view.Sizes, view.Strides, view.Offset), input);
}

[CompositeOp("diagonal", In = "torch.linalg", Method = false)]
internal static partial class LinalgDiagonal
{
    /// <summary>The diagonal of each matrix, as a view.</summary>
    static Tensor Compose(Tensor A, long offset = 0, long dim1 = -2, long dim2 = -1) => Diagonal.Call(A, offset, dim1, dim2);
}

[TensorOp("diag")]
internal static partial class Diag
{
    /// <summary>The diagonal of a matrix, or the matrix with the vector on its diagonal.</summary>
    static TensorSpec Infer(Tensor input, long diagonal = 0)
    {
        Check.That(input.Rank is 1 or 2, $"matrix or a vector expected");
        long extent = input.Rank == 1 ? input.Numel + Math.Abs(diagonal) : Diagonal.Of(input.SizesRef, input.StridesRef, 0, diagonal, 0, 1).Sizes[0];
        return TensorSpec.Like(input).WithSizes(input.Rank == 1 ? [extent, extent] : [extent]);
    }

    static void Compute(Tensor input, long diagonal, Tensor result)
    {
        Tensor matrix = input.Rank == 1 ? result : input;
        ViewSpec view = Diagonal.Of(matrix.SizesRef, matrix.StridesRef, matrix.Offset, diagonal, 0, 1);
        Tensor line = matrix.Alias(view.Sizes, view.Strides, view.Offset);
        if (input.Rank == 2)
        {
            result.CopyRaw(line);
            return;
        }
        result.FillRaw(0);
        line.CopyRaw(input);
    }

    static Tensor GradInput(Tensor grad, Size input, long diagonal) =>
        input.Rank == 1 ? Call(grad, diagonal) : ViewGradient.Of(grad, input, Diagonal.Of(input, input.ContiguousStrides(), 0, diagonal, 0, 1));
}

[TensorOp("diag_embed", Out = false)]
internal static partial class DiagEmbed
{
    /// <summary>Zeros with the last dimension of <paramref name="input"/> on the diagonals that two dimensions span.</summary>
    static TensorSpec Infer(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1)
    {
        int rank = input.Rank + 1, a = Check.Dim(dim1, rank), b = Check.Dim(dim2, rank);
        Check.That(a != b, $"diagonal dimensions cannot be identical {dim1}, {dim2}");
        long extent = input.SizesRef[-1] + Math.Abs(offset);
        Size rest = input.SizesRef.Without(input.Rank - 1);
        return new(rest.Insert(Math.Min(a, b), extent).Insert(Math.Max(a, b), extent), input.DType, input.device);
    }

    static void Compute(Tensor input, long offset, long dim1, long dim2, Tensor result)
    {
        result.FillRaw(0);
        ViewSpec view = Diagonal.Of(result.SizesRef, result.StridesRef, result.Offset, offset, dim1, dim2);
        result.Alias(view.Sizes, view.Strides, view.Offset).CopyRaw(input);
    }

    static Tensor GradInput(Tensor grad, long offset, long dim1, long dim2) => Diagonal.Call(grad, offset, dim1, dim2);
}

[CompositeOp("diagflat")]
internal static partial class Diagflat
{
    /// <summary>The matrix with the elements of <paramref name="input"/>, flattened, on its diagonal.</summary>
    static Tensor Compose(Tensor input, long offset = 0) => DiagEmbed.Call(Reshape.Call(input, [-1]), offset, 0, 1);
}

[CompositeOp("fill_diagonal_", Function = false)]
internal static partial class FillDiagonal
{
    /// <summary>Sets the main diagonal, which starts again below a tall matrix when <paramref name="wrap"/> is set.</summary>
    static Tensor Compose(Tensor input, Scalar fill_value, bool wrap = false)
    {
        Check.That(input.Rank >= 2, $"dimensions must larger than 1");
        long smallest = long.MaxValue, stride = 0;
        for (int i = 0; i < input.Rank; i++)
        {
            Check.That(input.Rank == 2 || input.Sizes[i] == input.Sizes[0], $"all dimensions of input must be of equal length");
            smallest = Math.Min(smallest, input.Sizes[i]);
            stride += input.Strides[i];
        }
        AsStrided.Call(input, [smallest], [stride]).fill_(fill_value);
        long rows = input.Sizes[0], columns = input.Sizes[1];
        if (wrap && input.Rank == 2 && rows > columns + 1)
        {
            long step = columns + 1, count = (rows * columns + step - 1) / step, start = columns * step;
            long wrapped = count - columns;
            if (wrapped > 0) AsStrided.Call(input, [wrapped], [stride], input.Offset + start / columns * input.Strides[0] + start % columns * input.Strides[1]).fill_(fill_value);
        }
        return input;
    }
}
