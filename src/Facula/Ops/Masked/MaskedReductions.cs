namespace Facula.Ops;

[CompositeOp("sum", In = "torch.masked", Method = false)]
internal static partial class MaskedSum
{
    /// <summary>The sum of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return Sum.Call(Masking.Fill(input, mask, 0), Masking.Dims(input, dim), keepdim, dtype ?? Masking.Wide(input.DType));
    }
}

[CompositeOp("prod", In = "torch.masked", Method = false)]
internal static partial class MaskedProd
{
    /// <summary>The product of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        Tensor result = Masking.Fill(input, mask, 1).to(dtype ?? Masking.Wide(input.DType));
        long[] dims = Masking.Dims(input, dim);
        for (int i = dims.Length - 1; i >= 0; i--) result = Prod.Call(result, dims[i], keepdim);
        return result;
    }
}

[CompositeOp("amax", In = "torch.masked", Method = false)]
internal static partial class MaskedAmax
{
    /// <summary>The largest of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        long[] dims = Masking.Dims(input, dim);
        if (dims.Length > 0) Reduce.RequireElements("amax", input, dims);
        return Amax.Call(Masking.Fill(input, mask, Masking.Smallest(input.DType)), dims, keepdim).to(dtype ?? input.DType);
    }
}

[CompositeOp("amin", In = "torch.masked", Method = false)]
internal static partial class MaskedAmin
{
    /// <summary>The smallest of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        long[] dims = Masking.Dims(input, dim);
        if (dims.Length > 0) Reduce.RequireElements("amin", input, dims);
        return Amin.Call(Masking.Fill(input, mask, Masking.Largest(input.DType)), dims, keepdim).to(dtype ?? input.DType);
    }
}

[CompositeOp("argmax", In = "torch.masked", Method = false)]
internal static partial class MaskedArgMax
{
    /// <summary>The place of the largest of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long? dim = null, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return ArgMax.Call(Masking.Fill(input, mask, Masking.Smallest(input.DType)), dim, keepdim).to(dtype ?? input.DType);
    }
}

[CompositeOp("argmin", In = "torch.masked", Method = false)]
internal static partial class MaskedArgMin
{
    /// <summary>The place of the smallest of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long? dim = null, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return ArgMin.Call(Masking.Fill(input, mask, Masking.Largest(input.DType)), dim, keepdim).to(dtype ?? input.DType);
    }
}

[CompositeOp("mean", In = "torch.masked", Method = false)]
internal static partial class MaskedMean
{
    /// <summary>The mean of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return Sum.Call(Masking.Fill(input, mask, 0), Masking.Dims(input, dim), keepdim, dtype ?? input.DType) / Masking.Count(input, mask, dim, keepdim);
    }
}

[CompositeOp("logsumexp", In = "torch.masked", Method = false)]
internal static partial class MaskedLogSumExp
{
    /// <summary>The logarithm of the sum of eˣ of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return LogSumExp.Call(Masking.Fill(input, mask, Masking.Smallest(input.DType)), Masking.Dims(input, dim), keepdim).to(dtype ?? input.DType);
    }
}

[CompositeOp("norm", In = "torch.masked", Method = false)]
internal static partial class MaskedNorm
{
    /// <summary>The vector norm of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, double ord = 2.0, Dims dim = default, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        Scalar neutral = double.IsNegativeInfinity(ord) ? double.PositiveInfinity : 0;
        return VectorNorm.Call(Masking.Fill(input, mask, neutral), ord, Masking.Dims(input, dim), keepdim, dtype ?? input.DType);
    }
}

[CompositeOp("var", In = "torch.masked", Method = false)]
internal static partial class MaskedVar
{
    /// <summary>The variance of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool unbiased = false, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return MaskedSpread.Variance(input, dim, unbiased, keepdim, dtype, mask);
    }
}

[CompositeOp("std", In = "torch.masked", Method = false)]
internal static partial class MaskedStd
{
    /// <summary>The standard deviation of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, Dims dim = default, bool unbiased = false, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        return MaskedSpread.Variance(input, dim, unbiased, keepdim, dtype, mask).sqrt();
    }
}

/// <summary>The variance of the elements inside a mask.</summary>
internal static class MaskedSpread
{
    internal static Tensor Variance(Tensor input, Dims dim, bool unbiased, bool keepdim, ScalarType? dtype, Tensor? mask)
    {
        ScalarType type = dtype ?? input.DType;
        if (!type.IsDifferentiable) type = ScalarType.Float32;
        Tensor count = Masking.Count(input, mask, dim, keepdim: true);
        Tensor mean = MaskedSum.Call(input, dim, true, type, mask) / count;
        Tensor centered = input - mean;
        Tensor total = MaskedSum.Call(centered * centered.conj(), dim, keepdim, type, mask);
        if (!keepdim) count = Reshape.Call(count, total.SizesRef);
        if (unbiased) count = (count - 1).clamp_min(0);
        return (total / count).to(type);
    }
}
