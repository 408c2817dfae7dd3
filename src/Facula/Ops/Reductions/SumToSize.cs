namespace Facula.Ops;

[CompositeOp("sum_to_size", Function = false)]
internal static partial class SumToSize
{
    /// <summary>Sums over the dimensions that broadcasting from <paramref name="size"/> to the tensor's shape would repeat.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size)
    {
        if (input.SizesRef == size) return input;
        Check.That(IsExpandable(size, input.SizesRef), $"size {{{input.SizesRef.Brackets()}}} is not expandable to size {{{size.Brackets()}}}.");
        int lead = input.Rank - size.Rank;
        var dims = new List<long>();
        for (int i = 0; i < lead; i++) dims.Add(i);
        for (int i = lead; i < input.Rank; i++)
            if (size[i - lead] == 1 && input.Sizes[i] != 1) dims.Add(i);
        Tensor result = dims.Count > 0 ? Sum.Call(input, dims.ToArray(), keepdim: true) : input;
        return lead > 0 ? View.Call(result, size) : result;
    }

    internal static bool IsExpandable(in Size from, in Size to)
    {
        if (from.Rank > to.Rank) return false;
        for (int i = 1; i <= from.Rank; i++)
            if (from[from.Rank - i] != 1 && from[from.Rank - i] != to[to.Rank - i]) return false;
        return true;
    }
}
