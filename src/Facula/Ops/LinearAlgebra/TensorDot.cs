namespace Facula.Ops;

[CompositeOp("tensordot", Method = false, Out = true)]
internal static partial class TensorDot
{
    /// <summary>Sums the products over the last <paramref name="dims"/> dimensions of the first and the first of the second.</summary>
    static Tensor Compose(Tensor a, Tensor b, long dims = 2)
    {
        Check.That(dims >= 0, $"tensordot expects dims >= 0, but got dims={dims}");
        var left = new long[dims];
        var right = new long[dims];
        for (long i = 0; i < dims; i++) (left[i], right[i]) = (i - dims, i);
        return Contract(a, b, left, right);
    }

    internal static Tensor Contract(Tensor a, Tensor b, long[] left, long[] right)
    {
        Check.That(left.Length == right.Length, $"both dimension lists should have same length");
        var inLeft = new int[left.Length];
        var inRight = new int[right.Length];
        long inner = 1;
        for (int i = 0; i < left.Length; i++)
        {
            if (a.Rank == 0) throw new IndexOutOfRangeException($"Dimension specified as {left[i]} but tensor has no dimensions");
            if (b.Rank == 0) throw new IndexOutOfRangeException($"Dimension specified as {right[i]} but tensor has no dimensions");
            inLeft[i] = Check.Dim(left[i], a.Rank);
            inRight[i] = Check.Dim(right[i], b.Rank);
            long x = a.Sizes[inLeft[i]], y = b.Sizes[inRight[i]];
            // A dimension of extent 1 is summed away on the other side.
            if (y == 1 && x != 1) a = a.sum(inLeft[i], keepdim: true);
            else if (x == 1 && y != 1) b = b.sum(inRight[i], keepdim: true);
            else Check.That(x == y, $"contracted dimensions need to match, but first has size {x} in dim {left[i]} and second has size {y} in dim {right[i]}");
            inner *= a.Sizes[inLeft[i]];
        }
        int[] freeLeft = Enumerable.Range(0, a.Rank).Except(inLeft).ToArray(), freeRight = Enumerable.Range(0, b.Rank).Except(inRight).ToArray();
        long rows = 1, columns = 1;
        var size = new List<long>();
        foreach (int d in freeLeft) { size.Add(a.Sizes[d]); rows *= a.Sizes[d]; }
        foreach (int d in freeRight) { size.Add(b.Sizes[d]); columns *= b.Sizes[d]; }
        Tensor m = Reshape.Call(Permuted(a, freeLeft.Concat(inLeft)), [rows, inner]), n = Reshape.Call(Permuted(b, inRight.Concat(freeRight)), [inner, columns]);
        return Reshape.Call(Mm.Call(m, n), size);
    }

    private static Tensor Permuted(Tensor tensor, IEnumerable<int> order) => tensor.permute(order.Select(d => (long)d).ToArray());
}

[CompositeOp("tensordot", Method = false, Out = true)]
internal static partial class TensorDotAlong
{
    /// <summary>Sums the products over the given dimensions of the first and the second.</summary>
    static Tensor Compose(Tensor a, Tensor b, (long[] a, long[] b) dims) => TensorDot.Contract(a, b, dims.a, dims.b);
}

[CompositeOp("tensordot", Method = false, Out = true)]
internal static partial class TensorDotLists
{
    /// <summary>Sums the products over the given dimensions of the first and the second.</summary>
    static Tensor Compose(Tensor a, Tensor b, long[][] dims)
    {
        Check.That(dims.Length == 2, $"tensordot expects dims to be two lists, but got {dims.Length}");
        return TensorDot.Contract(a, b, dims[0], dims[1]);
    }
}

[CompositeOp("inner", Out = true)]
internal static partial class Inner
{
    /// <summary>The sums of products along the last dimensions; with a 0-dim tensor the product.</summary>
    static Tensor Compose(Tensor input, Tensor other)
    {
        if (input.Rank == 0 || other.Rank == 0) return input * other;
        Check.That(input.Sizes[^1] == other.Sizes[^1],
            $"inner() the last dimension must match on both input tensors but got shapes {input.SizesRef.Brackets()} and {other.SizesRef.Brackets()}");
        return TensorDot.Contract(input, other, [-1], [-1]);
    }
}
