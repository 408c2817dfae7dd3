namespace Facula.Ops;

/// <summary>What torch.masked's operations share: elements outside the mask become the operation's neutral element.</summary>
internal static class Masking
{
    internal static Tensor Fill(Tensor input, Tensor? mask, Scalar neutral) =>
        mask is null ? input : Where.Call(Expand(input, mask), input, Tensor.FromScalar(neutral, input.DType, input.device));

    internal static Tensor Expand(Tensor input, Tensor mask)
    {
        if (mask.Rank > input.Rank) throw new IndexOutOfRangeException("_input_mask expected broadcastable mask (got mask dimensionality higher than of the input)");
        return Ops.Expand.Call(mask.to(ScalarType.Bool), input.SizesRef);
    }

    /// <summary>Every dimension when none is named; sorted, each once.</summary>
    internal static long[] Dims(Tensor input, Dims dim)
    {
        if (dim.IsNone || dim.Count == 0) return Reduce.All(default, input.Rank);
        var dims = new List<long>();
        for (int i = 0; i < dim.Count; i++)
        {
            int d = Check.Dim(dim[i], input.Rank);
            Check.That(!dims.Contains(d), $"dim={dim[i]} appears multiple times in the list of dims");
            dims.Add(d);
        }
        dims.Sort();
        return dims.ToArray();
    }

    internal static Scalar Smallest(ScalarType dtype) => dtype.Code switch
    {
        TypeCode.UInt8 => byte.MinValue,
        TypeCode.Int8 => sbyte.MinValue,
        TypeCode.Int16 => short.MinValue,
        TypeCode.Int32 => int.MinValue,
        TypeCode.Int64 => long.MinValue,
        _ => double.NegativeInfinity,
    };

    internal static Scalar Largest(ScalarType dtype) => dtype.Code switch
    {
        TypeCode.UInt8 => byte.MaxValue,
        TypeCode.Int8 => sbyte.MaxValue,
        TypeCode.Int16 => short.MaxValue,
        TypeCode.Int32 => int.MaxValue,
        TypeCode.Int64 => long.MaxValue,
        _ => double.PositiveInfinity,
    };

    /// <summary>Integers and bool sum and multiply in int64.</summary>
    internal static ScalarType Wide(ScalarType dtype) => dtype.IsDifferentiable ? dtype : ScalarType.Int64;

    /// <summary>How many elements of each group the mask lets through.</summary>
    internal static Tensor Count(Tensor input, Tensor? mask, Dims dim, bool keepdim)
    {
        Tensor counted = mask is null ? Ops.Expand.Call(Tensor.FromScalar(true, ScalarType.Bool), input.SizesRef) : Expand(input, mask);
        return Sum.Call(counted, Dims(input, dim), keepdim);
    }
}
