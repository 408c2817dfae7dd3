namespace Facula.Ops;

[CompositeOp("tensorinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class TensorInv
{
    /// <summary>The inverse for <c>tensordot</c>: that of the matrix which the first <paramref name="ind"/> dimensions and the others make.</summary>
    static Tensor Compose(Tensor input, long ind = 2)
    {
        Check.That(ind > 0, $"Expected a strictly positive integer for 'ind', but got {ind}");
        int first = (int)Math.Min(ind, input.Rank);
        Size head = input.SizesRef[..first], tail = input.SizesRef[first..];
        long rows = head.numel(), columns = tail.numel();
        Check.That(rows == columns, $"Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got {columns} != {rows}");
        return Reshape.Call(InvEx.Checked("inv", Reshape.Call(input, [rows, columns])), tail.Concat(head));
    }
}

[CompositeOp("tensorsolve", In = "torch.linalg", Method = false, Out = true)]
internal static partial class TensorSolve
{
    /// <summary>The solution X of <c>tensordot(input, X, X.ndim) = other</c>; the dimensions in <paramref name="dims"/> are moved last before.</summary>
    static Tensor Compose(Tensor input, Tensor other, Dims dims = default)
    {
        if (!dims.IsNone)
        {
            var last = new long[dims.Count];
            for (int i = 0; i < last.Length; i++) last[i] = input.Rank - last.Length + i;
            input = Movedim.Call(input, dims, last);
        }
        int split = Math.Min(other.Rank, input.Rank);
        Size shape = input.SizesRef[split..];
        long columns = shape.numel(), rows = other.Numel;
        Check.That(columns == rows, $"Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got {columns} != {rows}");
        return Reshape.Call(Solve.Call(Reshape.Call(input, [rows, columns]), Reshape.Call(other, [other.Numel])), shape);
    }
}

[CompositeOp("vander", In = "torch.linalg", Method = false)]
internal static partial class LinalgVander
{
    /// <summary>Vandermonde's matrix of each vector: its powers from 0 to <paramref name="N"/> − 1 (by default the vector's length).</summary>
    static Tensor Compose(Tensor x, long? N = null)
    {
        Check.That(x.DType != ScalarType.Bool && x.DType != ScalarType.Float16 && x.DType != ScalarType.BFloat16,
            $"linalg.vander supports floating point, complex, and integer tensors, but got {x.DType.LegacyName}");
        if (x.Rank == 0) x = Unsqueeze.Call(x, 0);
        long columns = N ?? x.Sizes[^1];
        Check.That(columns > 1, $"N must be greater than 1.");
        Tensor powers = Expand.Call(Unsqueeze.Call(x, -1), x.SizesRef.Concat([columns - 1])).cumprod(-1);
        return torch.cat(new[] { torch.ones_like(powers.narrow(-1, 0, 1).detach()), powers }, -1);
    }
}
