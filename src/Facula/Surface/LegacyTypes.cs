namespace Facula;

/// <summary>PyTorch's old tensor types: <c>torch.FloatTensor</c> and its kin.</summary>
internal static class LegacyTypes
{
    internal static torch.Size Sizes(long size0, params ReadOnlySpan<long?> more)
    {
        var sizes = new List<long> { size0 };
        foreach (long? size in more)
            if (size is { } extent) sizes.Add(extent);
        return sizes.ToArray();
    }

    internal static ScalarType Parse(string name)
    {
        string plain = name.Replace("torch.cuda.", "", StringComparison.Ordinal).Replace("torch.", "", StringComparison.Ordinal);
        return plain switch
        {
            "FloatTensor" or "Tensor" => ScalarType.Float32,
            "DoubleTensor" => ScalarType.Float64,
            "HalfTensor" => ScalarType.Float16,
            "BFloat16Tensor" => ScalarType.BFloat16,
            "ByteTensor" => ScalarType.Byte,
            "CharTensor" => ScalarType.Int8,
            "ShortTensor" => ScalarType.Int16,
            "IntTensor" => ScalarType.Int32,
            "LongTensor" => ScalarType.Int64,
            "BoolTensor" => ScalarType.Bool,
            "ComplexFloatTensor" => ScalarType.ComplexFloat32,
            "ComplexDoubleTensor" => ScalarType.ComplexFloat64,
            _ => throw new ArgumentException($"invalid type: '{name}'"),
        };
    }
}

public static partial class torch
{
    /// <summary>Sets the default tensor type by its old name, such as <c>torch.DoubleTensor</c>.</summary>
    public static void set_default_tensor_type(string t) => set_default_dtype(LegacyTypes.Parse(t));

    /// <summary>Sets the default tensor type.</summary>
    public static void set_default_tensor_type(ScalarType t) => set_default_dtype(t);

    /// <summary>Uninitialised memory of type float32, of one to six extents.</summary>
    public static Tensor FloatTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Float32);

    /// <summary>An empty tensor of type float32.</summary>
    public static Tensor FloatTensor() => Tensor.Allocate([0], ScalarType.Float32);

    /// <summary>A tensor of the numbers, of type float32.</summary>
    public static Tensor FloatTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Float32);

    /// <summary>A 2-dim tensor of the rows, of type float32.</summary>
    public static Tensor FloatTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Float32);

    /// <summary>A tensor of the array's elements, of type float32.</summary>
    public static Tensor FloatTensor(Array data) => tensor(data, ScalarType.Float32);

    /// <summary>Uninitialised memory of type float64, of one to six extents.</summary>
    public static Tensor DoubleTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Float64);

    /// <summary>An empty tensor of type float64.</summary>
    public static Tensor DoubleTensor() => Tensor.Allocate([0], ScalarType.Float64);

    /// <summary>A tensor of the numbers, of type float64.</summary>
    public static Tensor DoubleTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Float64);

    /// <summary>A 2-dim tensor of the rows, of type float64.</summary>
    public static Tensor DoubleTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Float64);

    /// <summary>A tensor of the array's elements, of type float64.</summary>
    public static Tensor DoubleTensor(Array data) => tensor(data, ScalarType.Float64);

    /// <summary>Uninitialised memory of type float16, of one to six extents.</summary>
    public static Tensor HalfTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Float16);

    /// <summary>An empty tensor of type float16.</summary>
    public static Tensor HalfTensor() => Tensor.Allocate([0], ScalarType.Float16);

    /// <summary>A tensor of the numbers, of type float16.</summary>
    public static Tensor HalfTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Float16);

    /// <summary>A 2-dim tensor of the rows, of type float16.</summary>
    public static Tensor HalfTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Float16);

    /// <summary>A tensor of the array's elements, of type float16.</summary>
    public static Tensor HalfTensor(Array data) => tensor(data, ScalarType.Float16);

    /// <summary>Uninitialised memory of type bfloat16, of one to six extents.</summary>
    public static Tensor BFloat16Tensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.BFloat16);

    /// <summary>An empty tensor of type bfloat16.</summary>
    public static Tensor BFloat16Tensor() => Tensor.Allocate([0], ScalarType.BFloat16);

    /// <summary>A tensor of the numbers, of type bfloat16.</summary>
    public static Tensor BFloat16Tensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.BFloat16);

    /// <summary>A 2-dim tensor of the rows, of type bfloat16.</summary>
    public static Tensor BFloat16Tensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.BFloat16);

    /// <summary>A tensor of the array's elements, of type bfloat16.</summary>
    public static Tensor BFloat16Tensor(Array data) => tensor(data, ScalarType.BFloat16);

    /// <summary>Uninitialised memory of type uint8, of one to six extents.</summary>
    public static Tensor ByteTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Byte);

    /// <summary>An empty tensor of type uint8.</summary>
    public static Tensor ByteTensor() => Tensor.Allocate([0], ScalarType.Byte);

    /// <summary>A tensor of the numbers, of type uint8.</summary>
    public static Tensor ByteTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Byte);

    /// <summary>A 2-dim tensor of the rows, of type uint8.</summary>
    public static Tensor ByteTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Byte);

    /// <summary>A tensor of the array's elements, of type uint8.</summary>
    public static Tensor ByteTensor(Array data) => tensor(data, ScalarType.Byte);

    /// <summary>Uninitialised memory of type int8, of one to six extents.</summary>
    public static Tensor CharTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Int8);

    /// <summary>An empty tensor of type int8.</summary>
    public static Tensor CharTensor() => Tensor.Allocate([0], ScalarType.Int8);

    /// <summary>A tensor of the numbers, of type int8.</summary>
    public static Tensor CharTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Int8);

    /// <summary>A 2-dim tensor of the rows, of type int8.</summary>
    public static Tensor CharTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Int8);

    /// <summary>A tensor of the array's elements, of type int8.</summary>
    public static Tensor CharTensor(Array data) => tensor(data, ScalarType.Int8);

    /// <summary>Uninitialised memory of type int16, of one to six extents.</summary>
    public static Tensor ShortTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Int16);

    /// <summary>An empty tensor of type int16.</summary>
    public static Tensor ShortTensor() => Tensor.Allocate([0], ScalarType.Int16);

    /// <summary>A tensor of the numbers, of type int16.</summary>
    public static Tensor ShortTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Int16);

    /// <summary>A 2-dim tensor of the rows, of type int16.</summary>
    public static Tensor ShortTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Int16);

    /// <summary>A tensor of the array's elements, of type int16.</summary>
    public static Tensor ShortTensor(Array data) => tensor(data, ScalarType.Int16);

    /// <summary>Uninitialised memory of type int32, of one to six extents.</summary>
    public static Tensor IntTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Int32);

    /// <summary>An empty tensor of type int32.</summary>
    public static Tensor IntTensor() => Tensor.Allocate([0], ScalarType.Int32);

    /// <summary>A tensor of the numbers, of type int32.</summary>
    public static Tensor IntTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Int32);

    /// <summary>A 2-dim tensor of the rows, of type int32.</summary>
    public static Tensor IntTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Int32);

    /// <summary>A tensor of the array's elements, of type int32.</summary>
    public static Tensor IntTensor(Array data) => tensor(data, ScalarType.Int32);

    /// <summary>Uninitialised memory of type int64, of one to six extents.</summary>
    public static Tensor LongTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Int64);

    /// <summary>An empty tensor of type int64.</summary>
    public static Tensor LongTensor() => Tensor.Allocate([0], ScalarType.Int64);

    /// <summary>A tensor of the numbers, of type int64.</summary>
    public static Tensor LongTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Int64);

    /// <summary>A 2-dim tensor of the rows, of type int64.</summary>
    public static Tensor LongTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Int64);

    /// <summary>A tensor of the array's elements, of type int64.</summary>
    public static Tensor LongTensor(Array data) => tensor(data, ScalarType.Int64);

    /// <summary>Uninitialised memory of type bool, of one to six extents.</summary>
    public static Tensor BoolTensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null) =>
        Tensor.Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), ScalarType.Bool);

    /// <summary>An empty tensor of type bool.</summary>
    public static Tensor BoolTensor() => Tensor.Allocate([0], ScalarType.Bool);

    /// <summary>A tensor of the numbers, of type bool.</summary>
    public static Tensor BoolTensor(ReadOnlySpan<double> data) => tensor(data, ScalarType.Bool);

    /// <summary>A 2-dim tensor of the rows, of type bool.</summary>
    public static Tensor BoolTensor(ReadOnlySpan<double[]> data) => tensor(data, ScalarType.Bool);

    /// <summary>A tensor of the array's elements, of type bool.</summary>
    public static Tensor BoolTensor(Array data) => tensor(data, ScalarType.Bool);
}
