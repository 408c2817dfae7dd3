namespace Facula.Serialization;

/// <summary>NumPy's type codes, without the byte order that may stand before them.</summary>
internal static class NumpyTypes
{
    private static readonly Dictionary<string, StoredType> Codes = new()
    {
        ["b1"] = StoredType.Bool, ["i1"] = StoredType.Int8, ["i2"] = StoredType.Int16, ["i4"] = StoredType.Int32, ["i8"] = StoredType.Int64,
        ["u1"] = StoredType.UInt8, ["u2"] = StoredType.UInt16, ["u4"] = StoredType.UInt32, ["u8"] = StoredType.UInt64,
        ["f2"] = StoredType.Float16, ["f4"] = StoredType.Float32, ["f8"] = StoredType.Float64,
        ["c8"] = StoredType.Complex64, ["c16"] = StoredType.Complex128,
    };

    public static bool TryParse(string code, out StoredType type) => Codes.TryGetValue(code, out type);

    /// <summary>The code of a type; null for those that NumPy does not have.</summary>
    public static string? Code(StoredType type) => Codes.FirstOrDefault(pair => pair.Value == type).Key;
}
