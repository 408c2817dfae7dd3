using System.Buffers.Binary;
using System.Text;

namespace Facula.Serialization;

/// <summary>Finds and reads the central directory of a zip archive, trusting none of its numbers.</summary>
internal static class ZipDirectory
{
    public const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    public const uint CentralSignature = 0x02014b50, LocalSignature = 0x04034b50;
    public const int EndSize = 22, End64Size = 56, Locator64Size = 20, CentralSize = 46, LocalSize = 30;

    private const int EncryptedFlags = 0x0001 | 0x0040 | 0x2000;

    private readonly record struct Extent(long Offset, long Size, long Count);

    public static List<ZipEntry> Read(ByteSource source)
    {
        Extent directory = Locate(source);
        if (directory.Count > directory.Size / CentralSize)
            throw source.Corrupt(directory.Offset, $"the archive declares {directory.Count} entries, and its directory has {directory.Size} bytes");
        var entries = new List<ZipEntry>();
        var names = new HashSet<string>();
        var cursor = new ByteCursor(source.Slice(directory.Offset, directory.Size));
        for (long i = 0; i < directory.Count; i++)
        {
            ZipEntry entry = ReadEntry(cursor);
            if (!names.Add(entry.Name))
                throw cursor.Corrupt($"two entries are named '{entry.Name}'");
            entries.Add(entry);
        }
        if (cursor.Left != 0)
            throw cursor.Corrupt("the directory is longer than its entries");
        Place(source, entries, directory.Offset);
        return entries;
    }

    private static Extent Locate(ByteSource source)
    {
        long end = FindEnd(source);
        Span<byte> record = stackalloc byte[EndSize];
        source.Read(end, record);
        int disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        int directoryDisk = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
        int onThisDisk = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (count == 0xFFFF || size == 0xFFFFFFFF || offset == 0xFFFFFFFF || disk == 0xFFFF)
        {
            if (Locate64(source, end) is { } extent)
                return extent;
        }
        if (disk != 0 || directoryDisk != 0 || onThisDisk != count)
            throw source.Corrupt(end, "the archive is split over several files, or its entry counts disagree");
        return Check(source, end, end, offset, size, (ulong)count);
    }

    private static Extent? Locate64(ByteSource source, long end)
    {
        if (end < Locator64Size)
            return null;
        Span<byte> locator = stackalloc byte[Locator64Size];
        source.Read(end - Locator64Size, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature)
            return null;
        ulong at = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (at > (ulong)(end - Locator64Size) || (ulong)(end - Locator64Size) - at < End64Size)
            throw source.Corrupt(end - Locator64Size, "the zip64 directory record lies outside the file");
        Span<byte> record = stackalloc byte[End64Size];
        source.Read((long)at, record);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != End64Signature)
            throw source.Corrupt((long)at, "the zip64 directory record has a wrong signature");
        ulong onThisDisk = BinaryPrimitives.ReadUInt64LittleEndian(record[24..]);
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(record[32..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(record[16..]) != 0 || onThisDisk != count)
            throw source.Corrupt((long)at, "the archive is split over several files, or its entry counts disagree");
        return Check(source, (long)at, (long)at, BinaryPrimitives.ReadUInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(record[40..]), count);
    }

    private static Extent Check(ByteSource source, long recordAt, long limit, ulong offset, ulong size, ulong count)
    {
        if (offset > (ulong)limit || size > (ulong)limit - offset)
            throw source.Corrupt(recordAt, $"the zip directory ({size} bytes at {offset}) lies outside the file of {source.Length} bytes");
        if (count > int.MaxValue)
            throw source.Corrupt(recordAt, $"the archive declares {count} entries");
        return new Extent((long)offset, (long)size, (long)count);
    }

    private static long FindEnd(ByteSource source)
    {
        int tail = (int)Math.Min(source.Length, EndSize + 0xFFFF);
        var bytes = new byte[tail];
        source.Read(source.Length - tail, bytes);
        for (int at = tail - EndSize; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 20)) == tail - at - EndSize)
                return source.Length - tail + at;
        }
        throw source.Corrupt(source.Length, "the end of the zip archive is missing; the file was cut or is not a zip archive");
    }

    private static ZipEntry ReadEntry(ByteCursor cursor)
    {
        long start = cursor.Source.Origin + cursor.Position;
        if (cursor.ReadUInt32() != CentralSignature)
            throw cursor.Corrupt("a directory entry has a wrong signature");
        cursor.Skip(4);
        int flags = cursor.ReadUInt16(), method = cursor.ReadUInt16();
        cursor.Skip(4);
        uint crc = cursor.ReadUInt32();
        ulong compressed = cursor.ReadUInt32(), size = cursor.ReadUInt32();
        int nameLength = cursor.ReadUInt16(), extraLength = cursor.ReadUInt16(), commentLength = cursor.ReadUInt16();
        cursor.Skip(8);
        ulong header = cursor.ReadUInt32();
        string name = DecodeName(cursor.ReadBytes((ulong)nameLength, "an entry name"));
        ReadExtra64(cursor, extraLength, ref size, ref compressed, ref header);
        cursor.Skip(commentLength);
        if ((flags & EncryptedFlags) != 0)
            throw cursor.Corrupt($"entry '{name}' is encrypted");
        if (method is not (0 or 8))
            throw cursor.Corrupt($"entry '{name}' uses compression method {method}; only stored and deflated entries are read");
        if (method == 0 && compressed != size)
            throw cursor.Corrupt($"stored entry '{name}' declares {compressed} and {size} bytes");
        if (compressed > long.MaxValue || size > long.MaxValue || header > long.MaxValue)
            throw cursor.Corrupt($"entry '{name}' declares more than 2^63 bytes");
        return new ZipEntry
        {
            Name = name, Deflated = method == 8, Crc = crc, CompressedSize = (long)compressed, Size = (long)size, HeaderOffset = (long)header,
        };
    }

    // The zip64 field holds, in this order, only those of the three numbers that read 0xFFFFFFFF in the entry itself.
    private static void ReadExtra64(ByteCursor cursor, int length, ref ulong size, ref ulong compressed, ref ulong header)
    {
        while (length >= 4)
        {
            int id = cursor.ReadUInt16(), fieldLength = cursor.ReadUInt16();
            length -= 4;
            if (fieldLength > length)
                throw cursor.Corrupt("an extra field is longer than the entry's");
            length -= fieldLength;
            int left = fieldLength;
            if (id == 1)
            {
                size = Widen(cursor, size, ref left);
                compressed = Widen(cursor, compressed, ref left);
                header = Widen(cursor, header, ref left);
            }
            cursor.Skip(left);
        }
        cursor.Skip(length);
    }

    private static ulong Widen(ByteCursor cursor, ulong value, ref int left)
    {
        if (value != 0xFFFFFFFF)
            return value;
        if ((left -= 8) < 0)
            throw cursor.Corrupt("a zip64 field is too short");
        return cursor.ReadUInt64();
    }

    private static string DecodeName(byte[] name) =>
        System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name);

    // Reads every local header and sees to it that no two entries share bytes, which is how small files unfold into huge ones.
    private static void Place(ByteSource source, List<ZipEntry> entries, long directory)
    {
        Span<byte> header = stackalloc byte[LocalSize];
        long free = 0;
        foreach (ZipEntry entry in entries.OrderBy(entry => entry.HeaderOffset))
        {
            if (entry.HeaderOffset < free || entry.HeaderOffset > directory - LocalSize)
                throw source.Corrupt(entry.HeaderOffset, $"entry '{entry.Name}' overlaps another one or lies outside the file");
            source.Read(entry.HeaderOffset, header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
                throw source.Corrupt(entry.HeaderOffset, $"entry '{entry.Name}' has a wrong local signature");
            if (BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != (entry.Deflated ? 8 : 0))
                throw source.Corrupt(entry.HeaderOffset, $"entry '{entry.Name}' names two compression methods");
            entry.DataOffset = entry.HeaderOffset + LocalSize + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            if (entry.DataOffset > directory || entry.CompressedSize > directory - entry.DataOffset)
                throw source.Corrupt(entry.HeaderOffset, $"entry '{entry.Name}' of {entry.CompressedSize} bytes leaves the file of {source.Length} bytes");
            free = entry.DataOffset + entry.CompressedSize;
        }
    }
}
