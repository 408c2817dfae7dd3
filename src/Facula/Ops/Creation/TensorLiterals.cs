using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

public static partial class torch
{
    // A collection literal is a Python list (int64, default float …); a typed array keeps its own dtype, as NumPy arrays do.

    /// <summary>A tensor of the numbers: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor tensor(ReadOnlySpan<int> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? int64, device, requires_grad);

    /// <summary>A tensor of the numbers: int64.</summary>
    public static Tensor tensor(ReadOnlySpan<long> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? int64, device, requires_grad);

    /// <summary>A tensor of the numbers, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<float> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A tensor of the numbers, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<double> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A tensor of truth values.</summary>
    public static Tensor tensor(ReadOnlySpan<bool> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? @bool, device, requires_grad);

    /// <summary>A tensor of complex numbers whose parts have the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<Complex> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Make(data, [data.Length], dtype ?? get_default_dtype().ToComplex(), device, requires_grad);

    /// <summary>A 2-dim tensor of the rows: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor tensor(ReadOnlySpan<int[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? int64, device, requires_grad);

    /// <summary>A 2-dim tensor of the rows: int64.</summary>
    public static Tensor tensor(ReadOnlySpan<long[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? int64, device, requires_grad);

    /// <summary>A 2-dim tensor of the rows, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<double[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A 2-dim tensor of the rows, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<float[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A 2-dim tensor of truth values.</summary>
    public static Tensor tensor(ReadOnlySpan<bool[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? @bool, device, requires_grad);

    /// <summary>A 2-dim tensor of rows of complex numbers whose parts have the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<Complex[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? get_default_dtype().ToComplex(), device, requires_grad);

    /// <summary>A 3-dim tensor: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor tensor(ReadOnlySpan<int[][]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? int64, device, requires_grad);

    /// <summary>A 3-dim tensor, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<double[][]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A 4-dim tensor: int64.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor tensor(ReadOnlySpan<int[][][]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? int64, device, requires_grad);

    /// <summary>A 4-dim tensor, in the default dtype.</summary>
    public static Tensor tensor(ReadOnlySpan<double[][][]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.Rows(data.ToArray(), dtype ?? get_default_dtype(), device, requires_grad);

    /// <summary>A copy of a typed array of any rank, in the array's own element type.</summary>
    [OverloadResolutionPriority(2)]
    public static Tensor tensor(Array data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.OfArray(data, dtype, device, requires_grad);

    /// <summary>A copy of a list, in its own element type.</summary>
    [OverloadResolutionPriority(-1)]
    public static Tensor tensor<T>(List<T> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Literals.OfArray(data.ToArray(), dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number: bool, int64, default float or default complex.</summary>
    public static Tensor tensor(Scalar data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ScalarType natural = data.IsFloat ? get_default_dtype() : data.IsComplex ? get_default_dtype().ToComplex() : data.Type;
        if (dtype is { } given) Literals.Require(data, given);
        Tensor result = Tensor.FromScalar(data, dtype ?? natural, device);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>A detached copy of a tensor.</summary>
    public static Tensor tensor(Tensor data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        warnings.warn("To copy construct from a tensor, it is recommended to use sourceTensor.clone().detach() or sourceTensor.clone().detach().requires_grad_(True), rather than torch.tensor(sourceTensor).");
        Tensor result = Ops.Copying.Converted(data, dtype ?? data.dtype);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>The dtype of float results when nothing else decides.</summary>
    public static ScalarType get_default_dtype() => Defaults.DType;

    /// <summary>Sets the dtype of float results when nothing else decides.</summary>
    public static void set_default_dtype(ScalarType d)
    {
        if (!d.is_floating_point) throw new ArgumentException($"only floating-point types are supported as the default type, but got {d}");
        Defaults.DType = d;
    }
}

/// <summary>Makes tensors of .NET data.</summary>
internal static unsafe class Literals
{
    internal static Tensor Make<T>(ReadOnlySpan<T> data, in Size size, ScalarType dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        Tensor own = Tensor.Allocate(size, ScalarType.Of(typeof(T)));
        MemoryMarshal.AsBytes(data).CopyTo(MemoryMarshal.CreateSpan(ref own.Reference, checked((int)own.nbytes)));
        Tensor result = Converted(own, dtype);
        if (device is { } target) result = result.to(target);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    private static Tensor Converted(Tensor own, ScalarType dtype)
    {
        if (own.DType == dtype) return own;
        Require(own, dtype);
        return Ops.Copying.Converted(own, dtype);
    }

    /// <summary>Refuses a number that an integer dtype cannot hold; floats become infinite.</summary>
    internal static void Require(Scalar number, ScalarType dtype)
    {
        if (dtype.IsIntegral && !number.IsComplex && !Ops.NumberRange.Fits(number, dtype))
            throw new TorchException($"value cannot be converted to type {dtype.ToString()["torch.".Length..]} without overflow");
    }

    private static void Require(Tensor numbers, ScalarType dtype)
    {
        if (!dtype.IsIntegral || numbers.DType.is_complex || !numbers.DType.is_floating_point && dtype.itemsize > numbers.DType.itemsize) return;
        if (numbers.Numel == 0) return;
        // A NaN is both the least and the greatest.
        (Tensor least, Tensor greatest) = numbers.aminmax();
        Require(least.GetElement(0), dtype);
        Require(greatest.GetElement(0), dtype);
    }

    /// <summary>A jagged array that must be rectangular.</summary>
    internal static Tensor Rows(Array rows, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var size = new List<long>();
        object level = rows;
        Type element = rows.GetType();
        while (level is Array array)
        {
            size.Add(array.Length);
            element = element.GetElementType()!;
            if (array.Length == 0) break;
            level = array.GetValue(0)!;
        }
        while (element.IsArray) element = element.GetElementType()!;
        Tensor own = Tensor.Allocate(size.ToArray(), ScalarType.Of(element));
        long position = 0;
        Fill(own, rows, size, 0, ref position);
        Tensor result = Converted(own, dtype ?? own.DType);
        if (device is { } target) result = result.to(target);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    private static void Fill(Tensor target, Array level, List<long> size, int depth, ref long position)
    {
        if (level.Length != size[depth])
            throw new ArgumentException($"expected sequence of length {size[depth]} at dim {depth} (got {level.Length})");
        if (depth == size.Count - 1)
        {
            int bytes = level.Length * target.DType.itemsize;
            ReadOnlySpan<byte> source = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(level), bytes);
            source.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target.Reference, (nint)(position * target.DType.itemsize)), bytes));
            position += level.Length;
            return;
        }
        foreach (object? inner in level) Fill(target, (Array)inner!, size, depth + 1, ref position);
    }

    internal static Tensor OfArray(Array data, ScalarType? dtype, Device? device, bool requires_grad)
    {
        if (data.GetType().GetElementType()!.IsArray) return Rows(data, dtype, device, requires_grad);
        Tensor shared = Share(data);
        if (dtype is { } given) Require(shared, given);
        Tensor result = Ops.Copying.Converted(shared, dtype ?? shared.DType);
        if (device is { } target) result = result.to(target);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    /// <summary>A tensor over the array's own memory.</summary>
    internal static Tensor Share(Array data)
    {
        ScalarType dtype = ScalarType.Of(data.GetType().GetElementType()!);
        var size = new long[data.Rank];
        for (int i = 0; i < size.Length; i++) size[i] = data.GetLength(i);
        return new Tensor(new Storage(data, data.LongLength * dtype.itemsize), size, null, 0, dtype);
    }
}
