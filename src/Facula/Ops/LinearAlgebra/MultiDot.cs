namespace Facula.Ops;

[CompositeOp("multi_dot", In = "torch.linalg", Method = false, Out = true)]
internal static partial class MultiDot
{
    /// <summary>The product of several matrices in the order that needs the fewest multiplications; the first and last may be vectors.</summary>
    static Tensor Compose(TensorList tensors)
    {
        int count = tensors.Count;
        Check.That(count >= 2, $"multi_dot(): expected at least 2 tensors but got {count}");
        Tensor[] chain = tensors.ToArray();
        Tensor first = chain[0], last = chain[^1];
        Check.That(first.Rank is 1 or 2, $"multi_dot(): the first tensor must be 1D or 2D but got {first.Rank}D");
        Check.That(last.Rank is 1 or 2, $"multi_dot(): the last tensor must be 1D or 2D but got {last.Rank}D");
        for (int i = 1; i < count - 1; i++)
            Check.That(chain[i].Rank == 2, $"multi_dot(): tensor {i} must be 2D but got {chain[i].Rank}D");
        for (int i = 1; i < count; i++)
            Check.That(chain[i].DType == first.DType, $"multi_dot(): all tensors must have be the same dtype but tensor 0 is {first.DType.LegacyName} and tensor {i} {chain[i].DType.LegacyName}");
        if (first.Rank == 1) chain[0] = Unsqueeze.Call(first, 0);
        if (last.Rank == 1) chain[^1] = Unsqueeze.Call(last, 1);
        for (int i = 1; i < count; i++)
        {
            Check.That(chain[i - 1].Sizes[1] == chain[i].Sizes[0],
                $"multi_dot(): tensors {i - 1} and {i} with shapes {chain[i - 1].SizesRef.Brackets()} and {chain[i].SizesRef.Brackets()} cannot be multiplied");
        }
        Tensor product = count == 2 ? Mm.Call(chain[0], chain[1]) : Multiply(chain, Order(chain), 0, count - 1);
        var size = new List<long>();
        if (first.Rank == 2) size.Add(first.Sizes[0]);
        if (last.Rank == 2) size.Add(last.Sizes[1]);
        return View.Call(product, size);
    }

    // Cormen et al., matrix-chain order: split[i, j] is where the cheapest product of i … j is cut.
    private static int[,] Order(Tensor[] chain)
    {
        int n = chain.Length;
        var cost = new double[n, n];
        var split = new int[n, n];
        for (int length = 1; length < n; length++)
        {
            for (int i = 0; i + length < n; i++)
            {
                int j = i + length;
                cost[i, j] = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double price = cost[i, k] + cost[k + 1, j] + (double)chain[i].Sizes[0] * chain[k].Sizes[1] * chain[j].Sizes[1];
                    if (price >= cost[i, j]) continue;
                    cost[i, j] = price;
                    split[i, j] = k;
                }
            }
        }
        return split;
    }

    private static Tensor Multiply(Tensor[] chain, int[,] split, int from, int to) =>
        from == to ? chain[from] : Mm.Call(Multiply(chain, split, from, split[from, to]), Multiply(chain, split, split[from, to] + 1, to));
}

[CompositeOp("chain_matmul", Method = false, Out = true)]
internal static partial class ChainMatMul
{
    /// <summary>The product of several matrices in the order that needs the fewest multiplications.</summary>
    static Tensor Compose([Variadic] TensorList matrices)
    {
        foreach (Tensor matrix in matrices)
            Check.That(matrix.Rank == 2, $"Tensor dimension is {matrix.Rank}, expected 2 instead.");
        Check.That(matrices.Count > 0, $"chain_matmul(): Expected one or more matrices");
        return matrices.Count == 1 ? matrices[0] : MultiDot.Call(matrices);
    }
}
