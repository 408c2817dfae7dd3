namespace Facula.Ops;

[CompositeOp("atleast_1d", Method = false)]
internal static partial class Atleast1d
{
    /// <summary>The tensor with one dimension or more.</summary>
    static Tensor Compose(Tensor input) => input.Rank == 0 ? Reshape.Call(input, [1]) : input;
}

[CompositeOp("atleast_1d", Method = false)]
internal static partial class Atleast1dList
{
    /// <summary>The tensors, each with one dimension or more.</summary>
    static Tensor[] Compose([Variadic] TensorList tensors) => Array.ConvertAll(tensors.Items, t => Atleast1d.Call(t));
}

[CompositeOp("atleast_2d", Method = false)]
internal static partial class Atleast2d
{
    /// <summary>The tensor with two dimensions or more; vectors become rows.</summary>
    static Tensor Compose(Tensor input) => input.Rank == 0 ? Reshape.Call(input, [1, 1]) : input.Rank == 1 ? Unsqueeze.Call(input, 0) : input;
}

[CompositeOp("atleast_2d", Method = false)]
internal static partial class Atleast2dList
{
    /// <summary>The tensors, each with two dimensions or more; vectors become rows.</summary>
    static Tensor[] Compose([Variadic] TensorList tensors) => Array.ConvertAll(tensors.Items, t => Atleast2d.Call(t));
}

[CompositeOp("atleast_3d", Method = false)]
internal static partial class Atleast3d
{
    /// <summary>The tensor with three dimensions or more.</summary>
    static Tensor Compose(Tensor input) => input.Rank switch
    {
        0 => Reshape.Call(input, [1, 1, 1]),
        1 => Unsqueeze.Call(Unsqueeze.Call(input, 0), -1),
        2 => Unsqueeze.Call(input, -1),
        _ => input,
    };
}

[CompositeOp("atleast_3d", Method = false)]
internal static partial class Atleast3dList
{
    /// <summary>The tensors, each with three dimensions or more.</summary>
    static Tensor[] Compose([Variadic] TensorList tensors) => Array.ConvertAll(tensors.Items, t => Atleast3d.Call(t));
}

[CompositeOp("block_diag", Method = false)]
internal static partial class BlockDiag
{
    /// <summary>The matrices along the diagonal, zeros elsewhere; vectors count as rows.</summary>
    static Tensor Compose([Variadic] TensorList tensors)
    {
        ScalarType type = tensors.Count == 0 ? Defaults.DType : Promotion.ResultType(tensors.Items);
        Tensor[] blocks = Array.ConvertAll(tensors.Items, t =>
        {
            Check.That(t.Rank <= 2, $"torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {Array.IndexOf(tensors.Items, t)} has {t.Rank} dimensions");
            return Atleast2d.Call(t).to(type);
        });
        if (blocks.Length == 0) return Tensor.Allocate([1, 0], type);
        long width = blocks.Sum(b => b.Sizes[1]), left = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            long columns = blocks[i].Sizes[1];
            blocks[i] = ConstantPadNd.Call(blocks[i], [left, width - left - columns]);
            left += columns;
        }
        return Cat.Call(blocks, 0);
    }
}

[CompositeOp("cartesian_prod", Method = false)]
internal static partial class CartesianProd
{
    /// <summary>All combinations of an element from each vector, as rows.</summary>
    static Tensor Compose([Variadic] TensorList tensors)
    {
        foreach (Tensor t in tensors.Items) Check.That(t.Rank == 1, $"Expect a 1D vector, but got shape {t.SizesRef.Brackets()}");
        if (tensors.Count == 1) return tensors[0];
        return Stack.Call(Array.ConvertAll(Meshgrid.Call(tensors, "ij"), g => Reshape.Call(g, [-1])), 1);
    }
}

[CompositeOp("combinations", Method = true)]
internal static partial class Combinations
{
    /// <summary>All combinations of <paramref name="r"/> elements, as rows.</summary>
    static Tensor Compose(Tensor input, long r = 2, bool with_replacement = false)
    {
        Check.That(input.Rank == 1, $"Expect a 1D vector, but got shape {input.SizesRef.Brackets()}");
        Check.That(r >= 0, $"Expect a non-negative number, but got {r}");
        if (r == 0) return Tensor.Allocate([0], input.DType);
        var rows = new List<long>();
        Choose(new long[r], 0, 0, input.Sizes[0], with_replacement, rows);
        Tensor index = torch.tensor(rows.ToArray());
        return Reshape.Call(IndexSelect.Call(input, 0, index), [rows.Count / r, r]);
    }

    private static void Choose(long[] chosen, int depth, long from, long count, bool again, List<long> rows)
    {
        if (depth == chosen.Length)
        {
            rows.AddRange(chosen);
            return;
        }
        for (long i = from; i < count; i++)
        {
            chosen[depth] = i;
            Choose(chosen, depth + 1, again ? i : i + 1, count, again, rows);
        }
    }
}
