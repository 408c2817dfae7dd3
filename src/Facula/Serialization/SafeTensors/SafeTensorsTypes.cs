namespace Facula.Serialization;

/// <summary>The type names of safetensors files.</summary>
internal static class SafeTensorsTypes
{
    private static readonly Dictionary<string, StoredType> Names = new()
    {
        ["BOOL"] = StoredType.Bool, ["U8"] = StoredType.UInt8, ["I8"] = StoredType.Int8, ["I16"] = StoredType.Int16, ["U16"] = StoredType.UInt16,
        ["F16"] = StoredType.Float16, ["BF16"] = StoredType.BFloat16, ["I32"] = StoredType.Int32, ["U32"] = StoredType.UInt32,
        ["F32"] = StoredType.Float32, ["C64"] = StoredType.Complex64, ["F64"] = StoredType.Float64, ["I64"] = StoredType.Int64,
        ["U64"] = StoredType.UInt64, ["F8_E4M3"] = StoredType.Float8E4M3, ["F8_E5M2"] = StoredType.Float8E5M2,
    };

    public static bool TryParse(string name, out StoredType type) => Names.TryGetValue(name, out type);

    /// <summary>The name of a type; null for those that the format does not have.</summary>
    public static string? Name(StoredType type) => Names.FirstOrDefault(pair => pair.Value == type).Key;
}
