namespace Facula.Serialization;

/// <summary>Between the types that files know and those that tensors have.</summary>
internal static class StoredTypeBinding
{
    /// <summary>The dtype of a stored type; null for those that tensors do not have.</summary>
    public static ScalarType? ToScalarType(this StoredType type) => type switch
    {
        StoredType.UInt8 => ScalarType.Byte,
        StoredType.Int8 => ScalarType.Int8,
        StoredType.Int16 => ScalarType.Int16,
        StoredType.Int32 => ScalarType.Int32,
        StoredType.Int64 => ScalarType.Int64,
        StoredType.Float16 => ScalarType.Float16,
        StoredType.Float32 => ScalarType.Float32,
        StoredType.Float64 => ScalarType.Float64,
        StoredType.BFloat16 => ScalarType.BFloat16,
        StoredType.Complex64 => ScalarType.ComplexFloat32,
        StoredType.Complex128 => ScalarType.ComplexFloat64,
        StoredType.Bool => ScalarType.Bool,
        _ => null,
    };

    /// <summary>The dtype of a stored type, or an exception that names the tensor.</summary>
    public static ScalarType RequireScalarType(this StoredType type, string file, string what) => type.ToScalarType()
        ?? throw new NotSupportedException($"{file}: {what} is of dtype torch.{type.TorchName()}, which tensors do not have; convert it in Python before saving");

    public static StoredType ToStoredType(this ScalarType type) => type.Code switch
    {
        TypeCode.UInt8 => StoredType.UInt8,
        TypeCode.Int8 => StoredType.Int8,
        TypeCode.Int16 => StoredType.Int16,
        TypeCode.Int32 => StoredType.Int32,
        TypeCode.Int64 => StoredType.Int64,
        TypeCode.Float16 => StoredType.Float16,
        TypeCode.Float32 => StoredType.Float32,
        TypeCode.Float64 => StoredType.Float64,
        TypeCode.BFloat16 => StoredType.BFloat16,
        TypeCode.Complex64 => StoredType.Complex64,
        TypeCode.Complex128 => StoredType.Complex128,
        _ => StoredType.Bool,
    };
}
