namespace Facula.Serialization;

/// <summary>Reads the format of TorchSharp's <c>module.save</c> and <c>Tensor.Save</c>, which has no magic number.</summary>
internal static class TorchSharpFormat
{
    private const int LongestKey = 4096;
    private const int HighestRank = 64;

    /// <summary>The named tensors of a module, or null when the file, to its last byte, does not have this form.</summary>
    public static List<StoredArray>? TryReadModule(ByteSource source)
    {
        try
        {
            var cursor = new ByteCursor(source);
            long count = cursor.ReadLeb128();
            // An entry takes at least three bytes: the key's length, the type, the rank.
            if (count == 0 || count > cursor.Left / 3)
                return null;
            var arrays = new List<StoredArray>();
            for (long i = 0; i < count; i++)
            {
                long length = cursor.ReadLeb128();
                if (length > LongestKey)
                    return null;
                string key = cursor.ReadUtf8((ulong)length, "a key");
                if (ReadTensor(cursor, key) is not { } array)
                    return null;
                arrays.Add(array);
            }
            return cursor.Left == 0 ? arrays : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A single tensor, or null when the file does not have this form.</summary>
    public static StoredArray? TryReadTensor(ByteSource source)
    {
        try
        {
            var cursor = new ByteCursor(source);
            StoredArray? array = ReadTensor(cursor, "");
            return cursor.Left == 0 ? array : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static StoredArray? ReadTensor(ByteCursor cursor, string key)
    {
        if (Type(cursor.ReadLeb128()) is not { } type || cursor.ReadLeb128() is var rank && rank > HighestRank)
            return null;
        var sizes = new long[(int)rank];
        UInt128 bytes = (UInt128)type.Size();
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = cursor.ReadLeb128();
            bytes = bytes > long.MaxValue ? UInt128.MaxValue : bytes * (ulong)sizes[i];
        }
        if (bytes > (UInt128)cursor.Left)
            return null;
        var array = new StoredArray(key, type, sizes, cursor.Source.Slice(cursor.Position, (long)bytes));
        cursor.Skip((long)bytes);
        return array;
    }

    // libtorch's numbers of the element types.
    private static StoredType? Type(long number) => number switch
    {
        0 => StoredType.UInt8,
        1 => StoredType.Int8,
        2 => StoredType.Int16,
        3 => StoredType.Int32,
        4 => StoredType.Int64,
        5 => StoredType.Float16,
        6 => StoredType.Float32,
        7 => StoredType.Float64,
        9 => StoredType.Complex64,
        10 => StoredType.Complex128,
        11 => StoredType.Bool,
        15 => StoredType.BFloat16,
        _ => null,
    };
}
