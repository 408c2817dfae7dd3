using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula;

public static partial class torch
{
    /// <summary>A tensor over the array's own memory.</summary>
    public static Tensor from_numpy(Array ndarray) => Literals.Share(ndarray);

    /// <summary>A tensor over the array's own memory.</summary>
    public static Tensor from_array(Array rawArray) => Literals.Share(rawArray);

    /// <summary>A tensor over a part of the array's memory, its bytes read as <paramref name="dtype"/>; offset in bytes, count in elements.</summary>
    public static Tensor frombuffer(Array buffer, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        long bytes = Buffer.ByteLength(buffer);
        if (bytes == 0) throw new ArgumentException("both buffer length (0) and count (" + count + ") must not be 0");
        if (offset < 0 || offset >= bytes) throw new ArgumentException($"offset ({offset} bytes) must be non-negative and no greater than buffer length ({bytes} bytes) minus 1");
        int size = dtype.itemsize;
        if (count < 0)
        {
            if ((bytes - offset) % size != 0) throw new ArgumentException($"buffer length ({bytes - offset} bytes) after offset ({offset} bytes) must be a multiple of element size ({size})");
            count = (bytes - offset) / size;
        }
        if (offset + count * size > bytes)
            throw new ArgumentException($"requested buffer length ({count} * {size} bytes) after offset ({offset} bytes) must not be greater than actual buffer length ({bytes} bytes)");
        if (offset % size != 0) throw new ArgumentException($"offset ({offset} bytes) must be a multiple of element size ({size})");
        var result = new Tensor(new Storage(buffer, bytes), [count], null, offset / size, dtype);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>The tensor itself, in the dtype and on the device where these are given.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to(device ?? data.device, dtype);

    /// <summary>The array as a tensor: over its own memory where the dtype allows.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) =>
        data.GetType().GetElementType()!.IsArray ? Literals.Rows(data, dtype, device, false) : as_tensor(Literals.Share(data), dtype, device);

    /// <summary>A tensor of the number.</summary>
    public static Tensor as_tensor(Scalar data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A tensor of the numbers: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor as_tensor(ReadOnlySpan<int> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A tensor of the numbers: int64.</summary>
    public static Tensor as_tensor(ReadOnlySpan<long> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A tensor of the numbers, in the default dtype.</summary>
    public static Tensor as_tensor(ReadOnlySpan<double> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A tensor of truth values.</summary>
    public static Tensor as_tensor(ReadOnlySpan<bool> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A tensor of complex numbers.</summary>
    public static Tensor as_tensor(ReadOnlySpan<Complex> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A 2-dim tensor of the rows: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor as_tensor(ReadOnlySpan<int[]> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A 2-dim tensor of the rows, in the default dtype.</summary>
    public static Tensor as_tensor(ReadOnlySpan<double[]> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>A 2-dim tensor of rows of complex numbers.</summary>
    public static Tensor as_tensor(ReadOnlySpan<Complex[]> data, ScalarType? dtype = null, Device? device = null) => tensor(data, dtype, device);

    /// <summary>The tensor itself, or a copy where asked for or needed.</summary>
    public static Tensor asarray(Tensor obj, ScalarType? dtype = null, Device? device = null, bool? copy = null, bool requires_grad = false) =>
        Own(obj, dtype, device, copy, requires_grad);

    /// <summary>The array as a tensor: over its own memory where dtype and <paramref name="copy"/> allow.</summary>
    public static Tensor asarray(Array obj, ScalarType? dtype = null, Device? device = null, bool? copy = null, bool requires_grad = false) =>
        Own(as_tensor(obj), dtype, device, copy, requires_grad);

    /// <summary>A tensor of the number.</summary>
    public static Tensor asarray(Scalar obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A tensor of the numbers: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor asarray(ReadOnlySpan<int> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A tensor of the numbers: int64.</summary>
    public static Tensor asarray(ReadOnlySpan<long> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A tensor of the numbers, in the default dtype.</summary>
    public static Tensor asarray(ReadOnlySpan<double> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A tensor of truth values.</summary>
    public static Tensor asarray(ReadOnlySpan<bool> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A 2-dim tensor of the rows: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor asarray(ReadOnlySpan<int[]> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    /// <summary>A 2-dim tensor of the rows, in the default dtype.</summary>
    public static Tensor asarray(ReadOnlySpan<double[]> obj, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(obj, dtype, device, requires_grad);

    private static Tensor Own(Tensor source, ScalarType? dtype, Device? device, bool? copy, bool requires_grad)
    {
        ScalarType type = dtype ?? source.dtype;
        Device place = device ?? source.device;
        bool changes = type != source.dtype || place.Kind != source.device.Kind;
        if (copy == false && changes) throw new ArgumentException("can't alias tensor with a different dtype or device");
        Tensor result = copy == true ? Ops.Copying.Converted(source, type).to(place) : source.to(place, type);
        if (requires_grad && !result.requires_grad) result.MadeToRequireGrad();
        return requires_grad ? result : result.detach();
    }
}
