namespace Facula;

/// <summary>
/// The order in memory of a pointwise function's result: dense, its dimensions ordered by the strides of the operands, the first operand's word first,
/// as PyTorch's TensorIterator orders them. The result of a transposed tensor is thus transposed in memory.
/// </summary>
internal static class PointwiseOrder
{
    /// <summary>The strides of a result of this shape, or none where they are row-major.</summary>
    internal static Size Strides(Size shape, ReadOnlySpan<Tensor> operands)
    {
        int rank = shape.Rank;
        bool dense = true;
        foreach (Tensor operand in operands) dense &= operand.IsContiguous;
        if (dense || rank < 2) return default;
        Span<long> all = stackalloc long[rank * operands.Length];
        for (int k = 0; k < operands.Length; k++) Broadcasting.Strides(operands[k], shape.AsSpan(), all.Slice(k * rank, rank));
        // Dimensions from the innermost outwards, sorted by insertion: ties keep the row-major order.
        Span<int> order = stackalloc int[rank];
        for (int i = 0; i < rank; i++) order[i] = rank - 1 - i;
        for (int i = 1; i < rank; i++)
        {
            for (int outer = i, inner = i - 1; inner >= 0; inner--)
            {
                int sign = Compare(shape, all, order[inner], order[outer]);
                if (sign < 0) break;
                if (sign == 0) continue;
                (order[inner], order[outer]) = (order[outer], order[inner]);
                outer = inner;
            }
        }
        Span<long> strides = stackalloc long[rank];
        long stride = 1;
        bool rowMajor = true;
        for (int i = 0; i < rank; i++)
        {
            rowMajor &= order[i] == rank - 1 - i;
            strides[order[i]] = stride;
            stride *= Math.Max(1, shape[order[i]]);
        }
        return rowMajor ? default : new Size(strides);
    }

    // Positive where a dimension lies outside another by the first operand that walks along both; 0 where no operand does.
    private static int Compare(Size shape, ReadOnlySpan<long> all, int inner, int outer)
    {
        for (int start = 0; start < all.Length; start += shape.Rank)
        {
            long a = all[start + inner], b = all[start + outer];
            if (a == 0 || b == 0) continue;
            if (a != b) return a > b ? 1 : -1;
            if (shape[inner] > shape[outer]) return 1;
        }
        return 0;
    }
}
