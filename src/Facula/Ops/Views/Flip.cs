namespace Facula.Ops;

[TensorOp("flip", Out = false)]
internal static partial class Flip
{
    /// <summary>A copy with the order of the elements along the dimensions reversed.</summary>
    static TensorSpec Infer(Tensor input, [Variadic] Dims dims)
    {
        Reduce.Mask(input, dims, "flip", emptyMeansAll: false);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Dims dims, Tensor result)
    {
        if (input.Numel == 0) return;
        Size strides = input.StridesRef;
        long offset = input.Offset;
        for (int i = 0; i < dims.Count && input.Rank > 0; i++)
        {
            int d = Check.Dim(dims[i], input.Rank);
            offset += (input.Sizes[d] - 1) * input.Strides[d];
            strides = strides.With(d, -input.Strides[d]);
        }
        result.CopyRaw(input.Alias(input.SizesRef, strides, offset));
    }

    static Tensor GradInput(Tensor grad, Dims dims) => Call(grad, dims);
}

[CompositeOp("fliplr")]
internal static partial class Fliplr
{
    /// <summary>A copy with the columns in reverse order.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.Rank >= 2, $"Input must be >= 2-d.");
        return Flip.Call(input, 1);
    }
}

[CompositeOp("flipud")]
internal static partial class Flipud
{
    /// <summary>A copy with the rows in reverse order.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.Rank >= 1, $"Input must be >= 1-d.");
        return Flip.Call(input, 0);
    }
}

[CompositeOp("rot90")]
internal static partial class Rot90
{
    /// <summary>A copy turned <paramref name="k"/> times by 90 degrees in the plane of two dimensions.</summary>
    static Tensor Compose(Tensor input, long k = 1, Dims dims = default)
    {
        if (dims.IsNone) dims = (0, 1);
        Check.That(dims.Count == 2, $"expected total rotation dims == 2, but got dims = {dims.Count}");
        Check.That(input.Rank >= 2, $"expected total dims >= 2, but got total dims = {input.Rank}");
        Check.That(dims[0] != dims[1] && Math.Abs(dims[0] - dims[1]) != input.Rank, $"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}");
        Check.That(dims[0] < input.Rank && dims[0] >= -input.Rank, $"Rotation dim0 out of range, dim0 = {dims[0]}");
        Check.That(dims[1] < input.Rank && dims[1] >= -input.Rank, $"Rotation dim1 out of range, dim1 = {dims[1]}");
        return (((k % 4) + 4) % 4) switch
        {
            1 => Transpose.Call(Flip.Call(input, dims[1]), dims[0], dims[1]),
            2 => Flip.Call(input, dims),
            3 => Transpose.Call(Flip.Call(input, dims[0]), dims[0], dims[1]),
            _ => Clone.Call(input, torch.contiguous_format),
        };
    }
}

[TensorOp("roll", Out = false)]
internal static partial class Roll
{
    /// <summary>A copy with the elements moved along dimensions, those pushed out coming in at the other end; without dims over the flattened tensor.</summary>
    static TensorSpec Infer(Tensor input, Dims shifts, Dims dims = default)
    {
        Check.That(shifts.Count > 0, $"`shifts` required");
        Check.That((dims.Count == 0 && shifts.Count == 1) || dims.Count == shifts.Count,
            $"shifts and dimensions must align. shifts: {shifts.Count}, dims:{dims.Count}");
        for (int i = 0; i < dims.Count; i++) Check.Dim(dims[i], input.Rank);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Dims shifts, Dims dims, Tensor result)
    {
        if (input.Numel == 0) return;
        if (dims.Count == 0)
        {
            Tensor flat = input.IsContiguous ? input : Copying.Converted(input, input.DType);
            Tensor from = flat.Alias([flat.Numel], [1], flat.Offset), to = result.Alias([flat.Numel], [1], result.Offset);
            Shift(from, to, [Modulo(shifts[0], flat.Numel)], [0], 0);
            return;
        }
        if (input.Rank == 0)
        {
            result.CopyRaw(input);
            return;
        }
        // Several shifts of one dimension add up.
        var places = new List<int>();
        var amounts = new List<long>();
        for (int i = 0; i < dims.Count; i++)
        {
            int d = Check.Dim(dims[i], input.Rank), known = places.IndexOf(d);
            long extent = input.Sizes[d];
            if (known >= 0) amounts[known] = Modulo(amounts[known] + shifts[i], extent);
            else
            {
                places.Add(d);
                amounts.Add(Modulo(shifts[i], extent));
            }
        }
        Shift(input, result, amounts, places, 0);
    }

    private static long Modulo(long value, long extent) => (value % extent + extent) % extent;

    // Each dimension splits the copy in two blocks.
    private static void Shift(Tensor from, Tensor to, List<long> shifts, List<int> dims, int next)
    {
        if (next == dims.Count)
        {
            to.CopyRaw(from);
            return;
        }
        int d = dims[next];
        long extent = from.Sizes[d], shift = shifts[next];
        Shift(Part(from, d, 0, extent - shift), Part(to, d, shift, extent - shift), shifts, dims, next + 1);
        if (shift > 0) Shift(Part(from, d, extent - shift, shift), Part(to, d, 0, shift), shifts, dims, next + 1);
    }

    private static Tensor Part(Tensor tensor, int dim, long start, long length) =>
        tensor.Alias(tensor.SizesRef.With(dim, length), tensor.StridesRef, tensor.Offset + start * tensor.Strides[dim]);

    static Tensor GradInput(Tensor grad, Dims shifts, Dims dims) => Call(grad, Array.ConvertAll(shifts.ToArray(), s => -s), dims);
}
