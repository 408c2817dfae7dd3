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
        Span<long> dims = stackalloc long[input.Rank];
        int count = 0;
        for (int i = 0; i < input.Rank; i++)
            if (i < lead || (size[i - lead] == 1 && input.Sizes[i] != 1)) dims[count++] = i;
        Tensor result = count == 0 ? input : Sum.Call(input, count == 1 ? dims[0] : dims[..count].ToArray(), keepdim: true);
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
