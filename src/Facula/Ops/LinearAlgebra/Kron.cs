namespace Facula.Ops;

[CompositeOp("kron", Out = true)]
internal static partial class Kron
{
    /// <summary>The Kronecker product: every element of <paramref name="input"/> times a copy of <paramref name="other"/>.</summary>
    static Tensor Compose(Tensor input, Tensor other)
    {
        int rank = Math.Max(input.Rank, other.Rank);
        Span<long> left = stackalloc long[2 * rank], right = stackalloc long[2 * rank], joined = stackalloc long[rank];
        left.Fill(1);
        right.Fill(1);
        for (int i = 0; i < rank; i++)
        {
            int l = i - (rank - input.Rank), r = i - (rank - other.Rank);
            long a = l >= 0 ? input.Sizes[l] : 1, b = r >= 0 ? other.Sizes[r] : 1;
            left[2 * i] = a;
            right[2 * i + 1] = b;
            joined[i] = a * b;
        }
        return Reshape.Call(Reshape.Call(input, new Size(left)) * Reshape.Call(other, new Size(right)), new Size(joined));
    }
}
