namespace Facula.Ops;

[CompositeOp("softmax", In = "torch.masked", Method = false)]
internal static partial class MaskedSoftmax
{
    /// <summary>The softmax of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null, Tensor? mask = null)
    {
        return SoftmaxComposite.Call(Masking.Fill(input, mask, Masking.Smallest(input.DType)), Check.Dim(dim, input.Rank), dtype ?? input.DType);
    }
}

[CompositeOp("log_softmax", In = "torch.masked", Method = false)]
internal static partial class MaskedLogSoftmax
{
    /// <summary>The log-softmax of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null, Tensor? mask = null)
    {
        return LogSoftmaxComposite.Call(Masking.Fill(input, mask, Masking.Smallest(input.DType)), Check.Dim(dim, input.Rank), dtype ?? input.DType);
    }
}

[CompositeOp("softmin", In = "torch.masked", Method = false)]
internal static partial class MaskedSoftmin
{
    /// <summary>The softmin of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null, Tensor? mask = null)
    {
        return SoftmaxComposite.Call(-Masking.Fill(input, mask, Masking.Largest(input.DType)), Check.Dim(dim, input.Rank), dtype ?? input.DType);
    }
}

[CompositeOp("normalize", In = "torch.masked", Method = false)]
internal static partial class MaskedNormalize
{
    /// <summary>The elements inside the mask divided by their norm, at least <paramref name="eps"/>.</summary>
    static Tensor Compose(Tensor input, double ord, long dim, double eps = 1e-12, ScalarType? dtype = null, Tensor? mask = null)
    {
        Tensor norm = MaskedNorm.Call(input, ord, dim, true, dtype ?? input.DType, mask);
        return Masking.Fill(input, mask, 0) / Maximum.Call(norm, Tensor.FromScalar(eps, norm.DType));
    }
}

[CompositeOp("logaddexp", In = "torch.masked", Method = false)]
internal static partial class MaskedLogaddexp
{
    /// <summary>log(eˣ + eʸ) of the elements inside their masks.</summary>
    static Tensor Compose(Tensor input, Tensor other, ScalarType? dtype = null, Tensor? input_mask = null, Tensor? other_mask = null)
    {
        Tensor x = Masking.Fill(input, input_mask, Masking.Smallest(input.DType)), y = Masking.Fill(other, other_mask, Masking.Smallest(other.DType));
        return Logaddexp.Call(x, y).to(dtype ?? input.DType);
    }
}
