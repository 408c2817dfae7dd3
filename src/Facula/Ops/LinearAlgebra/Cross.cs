using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("cross", In = "torch.linalg", Method = false, Node = "LinalgCrossBackward0")]
internal static partial class LinalgCross
{
    /// <summary>The cross products of the vectors of length 3 along <paramref name="dim"/>; other dimensions broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other, long dim = -1)
    {
        Check.That(input.Rank == other.Rank, $"linalg.cross: inputs must have the same number of dimensions.");
        int d = Check.Dim(dim, input.Rank);
        Check.That(input.Rank > 0 && input.Sizes[d] == 3 && other.Sizes[d] == 3,
            $"linalg.cross: inputs dimension {dim} must have length 3. Got {(input.Rank > 0 ? input.Sizes[d] : 1)} and {(other.Rank > 0 ? other.Sizes[d] : 1)}");
        return TensorSpec.Broadcast(input, other);
    }

    static void Compute(Tensor input, Tensor other, long dim, Tensor result)
    {
        int d = Check.Dim(dim, input.Rank);
        Tensor first = Tensor.Allocate(result.SizesRef.Without(d), result.DType, result.device);
        Tensor second = Tensor.Allocate(first.SizesRef, result.DType, result.device);
        for (int i = 0; i < 3; i++)
        {
            int j = (i + 1) % 3, k = (i + 2) % 3;
            Elementwise.Number<MulKernel>(At(input, d, j), At(other, d, k), first);
            Elementwise.Number<MulKernel>(At(input, d, k), At(other, d, j), second);
            Elementwise.Number<SubKernel>(first, second, At(result, d, i));
        }
    }

    private static Tensor At(Tensor tensor, int dim, long index) =>
        tensor.Alias(tensor.SizesRef.Without(dim), tensor.StridesRef.Without(dim), tensor.Offset + index * tensor.Strides[dim]);

    static Tensor GradInput(Tensor grad, Tensor other, long dim) => LinalgCross.Call(other.conj(), grad, dim);

    static Tensor GradOther(Tensor grad, Tensor input, long dim) => LinalgCross.Call(grad, input.conj(), dim);
}

[CompositeOp("cross", Out = true)]
internal static partial class Cross
{
    /// <summary>The cross products of the vectors of length 3 along <paramref name="dim"/>, by default the first dimension of extent 3.</summary>
    static Tensor Compose(Tensor input, Tensor other, long? dim = null)
    {
        if (dim is { } given) return LinalgCross.Call(input, other, given);
        Check.That(input.Rank == other.Rank, $"linalg.cross: inputs must have the same number of dimensions.");
        for (int i = 0; i < input.Rank; i++)
            if (input.Sizes[i] == 3) return LinalgCross.Call(input, other, i);
        throw new TorchException("no dimension of size 3 in input");
    }
}
