namespace Facula.Ops;

[CompositeOp("matmul", Out = true)]
[Alias("torch.linalg.matmul", Method = false)]
internal static partial class MatMul
{
    /// <summary>The matrix product: of vectors, matrices, or batches of them, whose leading dimensions broadcast.</summary>
    static Tensor Compose(Tensor input, Tensor other)
    {
        int left = input.Rank, right = other.Rank;
        if (left == 2 && right == 2) return Mm.Call(input, other);
        Check.That(left > 0 && right > 0, $"both arguments to matmul need to be at least 1D, but they are {left}D and {right}D");
        if (left == 1 && right == 1) return Dot.Call(input, other);
        if (left == 2 && right == 1) return Mv.Call(input, other);
        if (left == 1 && right == 2) return SqueezeDim.Call(Mm.Call(Unsqueeze.Call(input, 0), other), 0);
        if (right <= 2) return RowsTimes(input, other);
        if (left == 1)
        {
            long rows = other.Numel == 0 ? 0 : other.Numel / other.Sizes[^2];
            Check.That(input.Sizes[0] == other.Sizes[^2], $"size mismatch, got {rows}, {rows}x{other.Sizes[^2]},{input.Sizes[0]}");
            return SqueezeDim.Call(Batches(Unsqueeze.Call(input, 0), other), -2);
        }
        return Batches(input, other);
    }

    // All rows of the batch are one tall matrix.
    private static Tensor RowsTimes(Tensor input, Tensor other)
    {
        long inner = input.Sizes[^1];
        long rows = input.Numel == 0 && inner == 0 ? Rows(input) : input.Numel / Math.Max(1, inner);
        if (other.Rank == 1)
        {
            Check.That(other.Sizes[0] == inner, $"size mismatch, got {rows}, {rows}x{inner},{other.Sizes[0]}");
            return UnsafeView.Call(Mv.Call(Reshape.Call(input, [rows, inner]), other), input.shape[..^1]);
        }
        Check.That(other.Sizes[0] == inner, $"mat1 and mat2 shapes cannot be multiplied ({rows}x{inner} and {Products.Dims(other)})");
        Size result = input.SizesRef.With(input.Rank - 1, other.Sizes[1]);
        // Rows that do not lie evenly would have to be copied; a batch of products reads them where they are.
        if (input.Rank == 3 && !input.NeedsGrad && !View.TryStrides(input, [rows, inner], out _))
            return Bmm.Call(input, Expand.Call(other, other.SizesRef.Insert(0, input.Sizes[0])));
        return UnsafeView.Call(Mm.Call(Reshape.Call(input, [rows, inner]), other), result);
    }

    private static long Rows(Tensor input)
    {
        long rows = 1;
        for (int i = 0; i < input.Rank - 1; i++) rows *= input.Sizes[i];
        return rows;
    }

    private static Tensor Batches(Tensor input, Tensor other)
    {
        Size batch = Broadcasting.Shape(input.shape[..^2], other.shape[..^2]);
        if (input.Rank == 2)
            Check.That(input.Sizes[1] == other.Sizes[^2], $"mat1 and mat2 shapes cannot be multiplied ({Rows(other) / Math.Max(1, other.Sizes[^2]) * other.Sizes[^1]}x{other.Sizes[^2]} and {input.Sizes[1]}x{input.Sizes[0]})");
        long count = batch.numel();
        Tensor product = Bmm.Call(Batch(input, batch, count), Batch(other, batch, count));
        return UnsafeView.Call(product, batch.Concat([input.Sizes[^2], other.Sizes[^1]]));
    }

    private static Tensor Batch(Tensor tensor, in Size batch, long count)
    {
        long rows = tensor.Sizes[^2], columns = tensor.Sizes[^1];
        Tensor spread = Expand.Call(tensor, batch.Concat([rows, columns]));
        return batch.Rank == 1 ? spread : Reshape.Call(spread, [count, rows, columns]);
    }
}
