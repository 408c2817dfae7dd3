using System.Buffers.Binary;
using System.Text;

namespace Facula.Serialization;

/// <summary>Writes a zip archive whose payloads begin on 64-byte borders, so that a reader may map them; zip64 where sizes ask for it.</summary>
internal sealed class ZipWriter(ByteSink sink)
{
    private const int Alignment = 64;
    private const ushort Version20 = 20, Version45 = 45, Utf8Flag = 0x0800;
    private const ushort Zip64Field = 0x0001, PaddingField = 0x4246;   // PyTorch's own padding field, "FB"
    private const ushort DosDate = (0 << 9) | (1 << 5) | 1;            // 1980-01-01: the same content gives the same file

    private readonly List<Entry> _entries = [];

    /// <summary>An entry whose place is fixed: its header stands at <see cref="Offset"/>, its bytes at <see cref="DataOffset"/>.</summary>
    public sealed record Entry(byte[] Name, ushort Method, long Compressed, long Size, long Offset, long DataOffset)
    {
        public uint Crc { get; set; }
    }

    /// <summary>Starts a stored entry; exactly <paramref name="size"/> bytes must be written to the sink next.</summary>
    public void BeginStored(string name, long size, uint crc) => sink.Write(Header(Place(name, 0, size, size, crc)));

    /// <summary>Leaves room in <paramref name="file"/>, the sink of this archive, for a stored entry, whose bytes and checksum come later, in any order with others.</summary>
    public Entry Reserve(FileSink file, string name, long size)
    {
        Entry entry = Place(name, 0, size, size, crc: 0);
        file.Skip(entry.DataOffset - entry.Offset + size);
        return entry;
    }

    /// <summary>Writes the header of a reserved entry, whose bytes have been written.</summary>
    public static void Complete(FileSink file, Entry entry, uint crc)
    {
        entry.Crc = crc;
        file.WriteAt(entry.Offset, Header(entry));
    }

    public void AddStored(string name, ReadOnlySpan<byte> content)
    {
        BeginStored(name, content.Length, Crc32.Compute(content));
        sink.Write(content);
    }

    /// <summary>Adds bytes that have been deflated already.</summary>
    public void AddDeflated(string name, ReadOnlySpan<byte> deflated, long size, uint crc)
    {
        sink.Write(Header(Place(name, 8, deflated.Length, size, crc)));
        sink.Write(deflated);
    }

    public void Finish()
    {
        long directory = sink.Position;
        foreach (Entry entry in _entries)
            WriteCentral(entry);
        long size = sink.Position - directory;
        bool large = _entries.Count >= 0xFFFF || directory >= 0xFFFFFFFF || size >= 0xFFFFFFFF;
        var record = new byte[ZipDirectory.End64Size + ZipDirectory.Locator64Size + ZipDirectory.EndSize];
        var writer = new RecordWriter(record);
        if (large)
            WriteEnd64(ref writer, directory, size);
        writer.UInt32(ZipDirectory.EndSignature);
        writer.UInt32(0);
        writer.UInt16(Narrow16(_entries.Count));
        writer.UInt16(Narrow16(_entries.Count));
        writer.UInt32(Narrow32(size));
        writer.UInt32(Narrow32(directory));
        writer.UInt16(0);
        sink.Write(writer.Written);
    }

    private Entry Place(string name, ushort method, long compressed, long size, uint crc)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        int plain = ZipDirectory.LocalSize + utf8.Length + (IsLarge(size, compressed) ? 20 : 0) + 4;
        long dataOffset = (sink.Position + plain + Alignment - 1) & -Alignment;
        var entry = new Entry(utf8, method, compressed, size, sink.Position, dataOffset) { Crc = crc };
        _entries.Add(entry);
        return entry;
    }

    private static bool IsLarge(long size, long compressed) => size >= 0xFFFFFFFF || compressed >= 0xFFFFFFFF;

    private static byte[] Header(Entry entry)
    {
        bool large = IsLarge(entry.Size, entry.Compressed);
        var header = new byte[entry.DataOffset - entry.Offset];
        int padding = header.Length - ZipDirectory.LocalSize - entry.Name.Length - (large ? 20 : 0) - 4;
        var writer = new RecordWriter(header);
        writer.UInt32(ZipDirectory.LocalSignature);
        writer.UInt16(large ? Version45 : Version20);
        writer.UInt16(Utf8Flag);
        writer.UInt16(entry.Method);
        writer.UInt16(0);
        writer.UInt16(DosDate);
        writer.UInt32(entry.Crc);
        writer.UInt32(large ? 0xFFFFFFFF : (uint)entry.Compressed);
        writer.UInt32(large ? 0xFFFFFFFF : (uint)entry.Size);
        writer.UInt16(checked((ushort)entry.Name.Length));
        writer.UInt16((ushort)((large ? 20 : 0) + 4 + padding));
        writer.Bytes(entry.Name);
        if (large)
        {
            writer.UInt16(Zip64Field);
            writer.UInt16(16);
            writer.UInt64((ulong)entry.Size);
            writer.UInt64((ulong)entry.Compressed);
        }
        writer.UInt16(PaddingField);
        writer.UInt16((ushort)padding);
        writer.Zeros(padding);
        return header;
    }

    private void WriteCentral(Entry entry)
    {
        Span<long> wide = stackalloc long[3];
        int count = 0;
        foreach (long value in (ReadOnlySpan<long>)[entry.Size, entry.Compressed, entry.Offset])
        {
            if (value >= 0xFFFFFFFF)
                wide[count++] = value;
        }
        int extra = count == 0 ? 0 : 4 + 8 * count;
        var writer = new RecordWriter(new byte[ZipDirectory.CentralSize + entry.Name.Length + extra]);
        writer.UInt32(ZipDirectory.CentralSignature);
        writer.UInt16(count == 0 ? Version20 : Version45);
        writer.UInt16(count == 0 ? Version20 : Version45);
        writer.UInt16(Utf8Flag);
        writer.UInt16(entry.Method);
        writer.UInt16(0);
        writer.UInt16(DosDate);
        writer.UInt32(entry.Crc);
        writer.UInt32(Narrow32(entry.Compressed));
        writer.UInt32(Narrow32(entry.Size));
        writer.UInt16((ushort)entry.Name.Length);
        writer.UInt16((ushort)extra);
        writer.Zeros(10);   // comment, disk, attributes
        writer.UInt32(Narrow32(entry.Offset));
        writer.Bytes(entry.Name);
        if (count > 0)
        {
            writer.UInt16(Zip64Field);
            writer.UInt16((ushort)(8 * count));
            foreach (long value in wide[..count])
                writer.UInt64((ulong)value);
        }
        sink.Write(writer.Written);
    }

    private void WriteEnd64(ref RecordWriter writer, long directory, long size)
    {
        writer.UInt32(ZipDirectory.End64Signature);
        writer.UInt64(ZipDirectory.End64Size - 12);
        writer.UInt16(Version45);
        writer.UInt16(Version45);
        writer.UInt64(0);   // both disk numbers
        writer.UInt64((ulong)_entries.Count);
        writer.UInt64((ulong)_entries.Count);
        writer.UInt64((ulong)size);
        writer.UInt64((ulong)directory);
        writer.UInt32(ZipDirectory.Locator64Signature);
        writer.UInt32(0);
        writer.UInt64((ulong)(directory + size));
        writer.UInt32(1);
    }

    private static uint Narrow32(long value) => value >= 0xFFFFFFFF ? 0xFFFFFFFF : (uint)value;

    private static ushort Narrow16(int value) => value >= 0xFFFF ? (ushort)0xFFFF : (ushort)value;

    private ref struct RecordWriter(Span<byte> record)
    {
        private readonly Span<byte> _record = record;
        private int _at;

        public readonly ReadOnlySpan<byte> Written => _record[.._at];

        public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Next(2), value);

        public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

        public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

        public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

        public void Zeros(int count) => Next(count).Clear();

        private Span<byte> Next(int count) => _record.Slice((_at += count) - count, count);
    }
}
