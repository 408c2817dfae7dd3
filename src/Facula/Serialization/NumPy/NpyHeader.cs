using System.Buffers.Binary;
using System.Text;

namespace Facula.Serialization;

/// <summary>What stands before the data of a .npy file.</summary>
internal sealed record NpyHeader(StoredType Type, bool BigEndian, bool FortranOrder, long[] Sizes, long DataOffset)
{
    private const int LongestHeader = 1 << 20;
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Bytes of data that the header announces.</summary>
    public long ByteCount => Sizes.Aggregate((long)Type.Size(), (bytes, size) => bytes * size);

    public static bool LooksLike(ByteSource source)
    {
        if (source.Length < Magic.Length)
            return false;
        Span<byte> start = stackalloc byte[Magic.Length];
        source.Read(0, start);
        return start.SequenceEqual(Magic);
    }

    /// <summary>Reads versions 1 to 3 and checks the announced data against the length of the source.</summary>
    public static NpyHeader Read(ByteSource source)
    {
        if (!LooksLike(source))
            throw source.Corrupt(0, "the file does not begin with NumPy's magic");
        var cursor = new ByteCursor(source, Magic.Length);
        int major = cursor.ReadByte(), minor = cursor.ReadByte();
        if (major is < 1 or > 3 || minor != 0)
            throw source.Corrupt(Magic.Length, $"version {major}.{minor} of the format is unknown");
        uint length = major == 1 ? cursor.ReadUInt16() : cursor.ReadUInt32();
        if (length > LongestHeader)
            throw cursor.Corrupt($"the header is declared with {length} bytes; {LongestHeader} is the limit");
        long start = cursor.Position;
        byte[] text = cursor.ReadBytes(length, "the header");
        string literal = major == 3 && System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
        NpyHeader header = new NpyLiteral(literal, position => source.Corrupt(start + position, "the header is not a dictionary of descr, fortran_order and shape"))
            .Parse(cursor.Position, (position, reason) => source.Corrupt(start + position, reason));
        if (header.CountBytes() is not { } bytes)
            throw source.Corrupt(start, $"the shape ({string.Join(", ", header.Sizes)}) overflows 64 bits");
        if (bytes != source.Length - cursor.Position)
            throw source.Corrupt(cursor.Position, $"the shape ({string.Join(", ", header.Sizes)}) needs {bytes} bytes of data, and there are {source.Length - cursor.Position}");
        return header;
    }

    /// <summary>Magic, version 1 (2 for very long shapes) and the literal, padded so that the data begins on a 64-byte border.</summary>
    public static byte[] Write(StoredType type, ReadOnlySpan<long> sizes, bool fortranOrder)
    {
        string code = NumpyTypes.Code(type) ?? throw new ArgumentException($"numpy: NumPy has no dtype for {type.TorchName()}");
        string shape = sizes.Length == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes.ToArray())})";
        string order = type.Size() == 1 ? "|" : "<";
        string literal = $"{{'descr': '{order}{code}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': {shape}, }}";
        bool wide = literal.Length + 64 > 0xFFFF;
        int prefix = Magic.Length + 2 + (wide ? 4 : 2);
        int length = ((prefix + literal.Length + 1 + 63) & ~63) - prefix;
        var bytes = new byte[prefix + length];
        bytes.AsSpan(prefix).Fill((byte)' ');
        Magic.CopyTo(bytes, 0);
        bytes[Magic.Length] = (byte)(wide ? 2 : 1);
        if (wide)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length + 2), length);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)length);
        Encoding.ASCII.GetBytes(literal, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private long? CountBytes()
    {
        try
        {
            return Sizes.Aggregate((long)Type.Size(), (bytes, size) => checked(bytes * size));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
