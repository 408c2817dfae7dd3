namespace Facula.Ops;

[ViewOp("transpose", InPlace = true)]
[Alias("torch.swapdims")]
internal static partial class Transpose
{
    /// <summary>A view with two dimensions exchanged.</summary>
    static ViewSpec Infer(Tensor input, long dim0, long dim1) => Exchanged(input, dim0, dim1);

    internal static ViewSpec Exchanged(Tensor input, long dim0, long dim1)
    {
        int a = Check.Dim(dim0, input.Rank), b = Check.Dim(dim1, input.Rank);
        if (a == b) return new(input.SizesRef, input.StridesRef, input.Offset);
        return new(input.SizesRef.Exchanged(a, b), input.StridesRef.Exchanged(a, b), input.Offset);
    }

    static Tensor GradInput(Tensor grad, long dim0, long dim1) => Call(grad, dim0, dim1);
}

[ViewOp("swapaxes", InPlace = true, Node = "TransposeBackward0")]
internal static partial class SwapAxes
{
    /// <summary>A view with two dimensions exchanged: NumPy's name of transpose.</summary>
    static ViewSpec Infer(Tensor input, long axis0, long axis1) => Transpose.Exchanged(input, axis0, axis1);

    static Tensor GradInput(Tensor grad, long axis0, long axis1) => Transpose.Call(grad, axis0, axis1);
}

[ViewOp("t", InPlace = true, Node = "TBackward0")]
internal static partial class TransposeMatrix
{
    /// <summary>The transpose of a matrix, as a view; vectors and numbers stay as they are.</summary>
    static ViewSpec Infer(Tensor input)
    {
        Check.That(input.Rank <= 2, $"t() expects a tensor with <= 2 dimensions, but self is {input.Rank}D");
        return input.Rank < 2 ? new(input.SizesRef, input.StridesRef, input.Offset) : Transpose.Exchanged(input, 0, 1);
    }

    static Tensor GradInput(Tensor grad) => Call(grad);
}

[ViewOp("permute")]
internal static partial class Permute
{
    /// <summary>A view with the dimensions in the given order.</summary>
    static ViewSpec Infer(Tensor input, [Variadic] Dims dims)
    {
        int rank = input.Rank;
        Check.That(dims.Count == rank, $"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = {rank} is not equal to len(dims) = {dims.Count}");
        Span<long> sizes = stackalloc long[rank], strides = stackalloc long[rank];
        ulong seen = 0;
        for (int i = 0; i < rank; i++)
        {
            int d = Check.Dim(dims[i], rank);
            Check.That((seen >> d & 1) == 0, $"permute(): duplicate dims are not allowed.");
            seen |= 1UL << d;
            sizes[i] = input.Sizes[d];
            strides[i] = input.Strides[d];
        }
        return new(new Size(sizes), new Size(strides), input.Offset);
    }

    static Tensor GradInput(Tensor grad, Dims dims)
    {
        var inverse = new long[dims.Count];
        for (int i = 0; i < inverse.Length; i++) inverse[Check.Dim(dims[i], inverse.Length)] = i;
        return Call(grad, inverse);
    }
}

[CompositeOp("movedim")]
[Alias("torch.moveaxis")]
internal static partial class Movedim
{
    /// <summary>A view with the dimensions in <paramref name="source"/> moved to the places in <paramref name="destination"/>.</summary>
    static Tensor Compose(Tensor input, Dims source, Dims destination)
    {
        Check.That(source.Count == destination.Count,
            $"movedim: Invalid source or destination dims: source ({Text(source)} dims) should contain the same number of dims as destination ({Text(destination)} dims)");
        int rank = input.Rank;
        int[] from = Resolve(source, rank, "source"), to = Resolve(destination, rank, "destination");
        if (rank == 0) return AliasView.Call(input);
        var order = new long[rank];
        Array.Fill(order, -1);
        for (int i = 0; i < from.Length; i++) order[to[i]] = from[i];
        int next = 0;
        for (int i = 0; i < rank; i++)
        {
            if (order[i] >= 0) continue;
            while (Array.IndexOf(from, next) >= 0) next++;
            order[i] = next++;
        }
        return Permute.Call(input, order);
    }

    private static int[] Resolve(Dims dims, int rank, string name)
    {
        var resolved = new int[dims.Count];
        for (int i = 0; i < resolved.Length; i++)
        {
            resolved[i] = Check.Dim(dims[i], rank);
            if (Array.IndexOf(resolved, resolved[i], 0, i) >= 0) throw new TorchException($"movedim: repeated dim in `{name}` ({Text(dims)})");
        }
        return resolved;
    }

    private static string Text(Dims dims) => "[" + string.Join(", ", dims.ToArray()) + "]";
}

[ViewOp("alias", Public = false)]
internal static partial class AliasView
{
    /// <summary>The same geometry on the same memory.</summary>
    static ViewSpec Infer(Tensor input) => new(input.SizesRef, input.StridesRef, input.Offset);

    static Tensor GradInput(Tensor grad) => grad;
}

[CompositeOp("adjoint")]
internal static partial class Adjoint
{
    /// <summary>The conjugate transpose of each matrix.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.Rank != 1, $"tensor.adjoint() is only supported on matrices or batches of matrices. Got 1-D tensor.");
        return input.Rank == 0 ? Conj.Call(input) : Conj.Call(Transpose.Call(input, -2, -1));
    }
}
