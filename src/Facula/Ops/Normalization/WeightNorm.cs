namespace Facula.Ops;

[CompositeOp("norm_except_dim", Method = false)]
internal static partial class NormExceptDim
{
    /// <summary>The norm over all dimensions but one, which are kept with extent 1; over all when <paramref name="dim"/> is −1.</summary>
    static Tensor Compose(Tensor v, long pow = 2, long dim = 0)
    {
        if (dim == -1) return torch.norm(v, (Scalar)pow);
        int kept = Check.Dim(dim, v.Rank);
        long[] shape = [.. Enumerable.Repeat(1L, v.Rank)];
        shape[kept] = v.Sizes[kept];
        return torch.norm(v.transpose(0, kept).reshape(v.Sizes[kept], -1), (Scalar)pow, 1).view(shape);
    }
}

[CompositeOp("_weight_norm", Method = false)]
internal static partial class WeightNormalized
{
    /// <summary>v · (g / ‖v‖), the norm taken over all dimensions but <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor v, Tensor g, long dim = 0) => v * (g / NormExceptDim.Call(v, 2, dim));
}
