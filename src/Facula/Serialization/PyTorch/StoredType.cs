namespace Facula.Serialization;

/// <summary>The element types that files know; more than tensors have, because a file is read before its types are judged.</summary>
internal enum StoredType
{
    UInt8, Int8, Int16, Int32, Int64, Float16, Float32, Float64, Complex32, Complex64, Complex128, Bool, BFloat16,
    UInt16, UInt32, UInt64, Float8E4M3, Float8E5M2,
}

internal static class StoredTypes
{
    public static int Size(this StoredType type) => type switch
    {
        StoredType.UInt8 or StoredType.Int8 or StoredType.Bool or StoredType.Float8E4M3 or StoredType.Float8E5M2 => 1,
        StoredType.Int16 or StoredType.UInt16 or StoredType.Float16 or StoredType.BFloat16 => 2,
        StoredType.Int32 or StoredType.UInt32 or StoredType.Float32 or StoredType.Complex32 => 4,
        StoredType.Complex128 => 16,
        _ => 8,
    };

    /// <summary>Whether tensors of the type may require gradients.</summary>
    public static bool IsDifferentiable(this StoredType type) => type is StoredType.Float16 or StoredType.Float32 or StoredType.Float64
        or StoredType.BFloat16 or StoredType.Complex32 or StoredType.Complex64 or StoredType.Complex128;

    /// <summary>How many bytes change places when the byte order does: complex numbers are pairs.</summary>
    public static int SwapUnit(this StoredType type) => type switch
    {
        StoredType.Complex32 => 2,
        StoredType.Complex64 => 4,
        StoredType.Complex128 => 8,
        _ => type.Size(),
    };

    /// <summary>The name under <c>torch.</c>.</summary>
    public static string TorchName(this StoredType type) => type switch
    {
        StoredType.Float8E4M3 => "float8_e4m3fn",
        StoredType.Float8E5M2 => "float8_e5m2",
        _ => type.ToString().ToLowerInvariant(),
    };

    public static bool TryParseTorchName(string name, out StoredType type) => ByTorchName.TryGetValue(name, out type);

    /// <summary>The type of a class such as <c>torch.FloatStorage</c>.</summary>
    public static bool TryParseStorageClass(string name, out StoredType type) => ByStorageClass.TryGetValue(name, out type);

    /// <summary>The class that PyTorch names in the persistent id; null for types that it stores untyped.</summary>
    public static string? StorageClass(this StoredType type) =>
        ByStorageClass.FirstOrDefault(pair => pair.Value == type).Key;

    private static readonly Dictionary<string, StoredType> ByTorchName = MakeTorchNames();

    private static readonly Dictionary<string, StoredType> ByStorageClass = new()
    {
        ["FloatStorage"] = StoredType.Float32, ["DoubleStorage"] = StoredType.Float64, ["HalfStorage"] = StoredType.Float16,
        ["BFloat16Storage"] = StoredType.BFloat16, ["LongStorage"] = StoredType.Int64, ["IntStorage"] = StoredType.Int32,
        ["ShortStorage"] = StoredType.Int16, ["CharStorage"] = StoredType.Int8, ["ByteStorage"] = StoredType.UInt8,
        ["BoolStorage"] = StoredType.Bool, ["ComplexFloatStorage"] = StoredType.Complex64, ["ComplexDoubleStorage"] = StoredType.Complex128,
    };

    private static Dictionary<string, StoredType> MakeTorchNames()
    {
        var names = Enum.GetValues<StoredType>().ToDictionary(TorchName);
        foreach (var (alias, name) in (ReadOnlySpan<(string, string)>)[("half", "float16"), ("float", "float32"), ("double", "float64"),
            ("short", "int16"), ("int", "int32"), ("long", "int64"), ("chalf", "complex32"), ("cfloat", "complex64"), ("cdouble", "complex128")])
            names[alias] = names[name];
        return names;
    }
}
