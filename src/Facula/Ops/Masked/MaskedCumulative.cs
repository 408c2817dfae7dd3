namespace Facula.Ops;

[CompositeOp("cumsum", In = "torch.masked", Method = false)]
internal static partial class MaskedCumsum
{
    /// <summary>The running sums of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null, Tensor? mask = null)
    {
        return Masking.Fill(input, mask, 0).cumsum(Check.Dim(dim, input.Rank), dtype ?? input.DType);
    }
}

[CompositeOp("cumprod", In = "torch.masked", Method = false)]
internal static partial class MaskedCumprod
{
    /// <summary>The running products of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null, Tensor? mask = null)
    {
        return Masking.Fill(input, mask, 1).cumprod(Check.Dim(dim, input.Rank), dtype ?? input.DType);
    }
}

[CompositeOp("median", In = "torch.masked", Method = false)]
internal static partial class MaskedMedian
{
    /// <summary>The median of the elements inside the mask.</summary>
    static Tensor Compose(Tensor input, long dim = -1, bool keepdim = false, ScalarType? dtype = null, Tensor? mask = null)
    {
        Tensor source = input.DType.is_floating_point ? input : input.to(ScalarType.Float32);
        Tensor result = Masking.Fill(source, mask, double.NaN).nanmedian(Check.Dim(dim, input.Rank), keepdim).values;
        if (input.DType.is_floating_point) return result;
        if (result.isnan().any().Truth()) throw new ArgumentException("masked median expects no fully masked out rows if dtype is not floating point");
        return result.to(dtype ?? input.DType);
    }
}
