using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula.Ops;

/// <summary>What max_unpool1d–3d share.</summary>
internal static class MaxUnpool
{
    internal static Tensor Unpool(int spatial, Tensor input, Tensor indices, Dims kernel_size, Dims stride, Dims padding, Size? output_size)
    {
        string op = $"max_unpool{spatial}d";
        PoolSettings settings = PoolSettings.Create(op, spatial, kernel_size, stride, padding, default, false);
        Check.That(indices.DType == ScalarType.Int64, $"elements in indices should be type int64 but got: {indices.DType.LegacyName}");
        Check.That(indices.SizesRef == input.SizesRef, $"Expected shape of indices to be same as that of the input tensor ({input.SizesRef.Brackets()}) but got indices tensor with shape: {indices.SizesRef.Brackets()}");
        int lead = input.Rank - spatial;
        Check.That(lead is 1 or 2, $"{op}: Input to {op} should be a {spatial + 1}d or {spatial + 2}d Tensor, but got {input.Rank} dimensions.");
        Span<long> sizes = stackalloc long[input.Rank];
        input.Sizes.CopyTo(sizes);
        for (int d = 0; d < spatial; d++)
        {
            long natural = (input.Sizes[lead + d] - 1) * settings.Stride[d] + settings.Kernel[d] - 2 * settings.Padding[d];
            sizes[lead + d] = natural;
            if (output_size is not { } given) continue;
            if (given.Rank != spatial && given.Rank != spatial + lead)
                throw new ArgumentException($"output_size should be a sequence containing {spatial} or {spatial + lead} elements, but it has a length of '{given.Rank}'");
            long wanted = given[given.Rank - spatial + d];
            if (wanted <= natural - settings.Stride[d] || wanted >= natural + settings.Stride[d])
                throw new ArgumentException($"invalid output_size \"{given}\" (dim {d} must be between {natural - settings.Stride[d]} and {natural + settings.Stride[d]})");
            sizes[lead + d] = wanted;
        }
        var size = new Size(sizes);
        long plane = 1;
        for (int d = 0; d < spatial; d++) plane *= sizes[lead + d];
        CheckRange(indices, plane, spatial, size[lead..]);
        return PlanePut.Call(input, indices, size, spatial);
    }

    private static void CheckRange(Tensor indices, long plane, int spatial, Size volume)
    {
        if (indices.Numel == 0) return;
        Tensor flat = Lines.Index(indices);
        foreach (long index in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, long>(ref flat.Reference), checked((int)flat.Numel)))
        {
            if ((ulong)index < (ulong)plane) continue;
            throw new TorchException($"Found an invalid max index: {index} (output volumes are of size {string.Join("x", volume)}{(spatial == 1 ? "x1" : "")}");
        }
        GC.KeepAlive(flat);
    }
}

[CompositeOp("max_unpool1d", In = "torch.nn.functional")]
internal static partial class MaxUnpool1d
{
    /// <summary>Puts the elements of (N, C, L) back where max pooling found them, zeros elsewhere.</summary>
    static Tensor Compose(Tensor input, Tensor indices, Dims kernel_size, Dims stride = default, Dims padding = default, Size? output_size = null) =>
        MaxUnpool.Unpool(1, input, indices, kernel_size, stride, padding, output_size);
}

[CompositeOp("max_unpool2d", In = "torch.nn.functional")]
internal static partial class MaxUnpool2d
{
    /// <summary>Puts the elements of (N, C, H, W) back where max pooling found them, zeros elsewhere.</summary>
    static Tensor Compose(Tensor input, Tensor indices, Dims kernel_size, Dims stride = default, Dims padding = default, Size? output_size = null) =>
        MaxUnpool.Unpool(2, input, indices, kernel_size, stride, padding, output_size);
}

[CompositeOp("max_unpool3d", In = "torch.nn.functional")]
internal static partial class MaxUnpool3d
{
    /// <summary>Puts the elements of (N, C, D, H, W) back where max pooling found them, zeros elsewhere.</summary>
    static Tensor Compose(Tensor input, Tensor indices, Dims kernel_size, Dims stride = default, Dims padding = default, Size? output_size = null) =>
        MaxUnpool.Unpool(3, input, indices, kernel_size, stride, padding, output_size);
}
