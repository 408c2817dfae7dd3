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

    private readonly List<(byte[] Name, uint Crc, ushort Method, long Compressed, long Size, long Offset)> _entries = [];

    /// <summary>Starts a stored entry; exactly <paramref name="size"/> bytes must be written to the sink next.</summary>
    public void BeginStored(string name, long size, uint crc) => Begin(name, 0, size, size, crc);

    public void AddStored(string name, ReadOnlySpan<byte> content)
    {
        BeginStored(name, content.Length, Crc32.Compute(content));
        sink.Write(content);
    }

    /// <summary>Adds bytes that have been deflated already.</summary>
    public void AddDeflated(string name, ReadOnlySpan<byte> deflated, long size, uint crc)
    {
        Begin(name, 8, deflated.Length, size, crc);
        sink.Write(deflated);
    }

    public void Finish()
    {
        long directory = sink.Position;
        foreach (var entry in _entries)
            WriteCentral(entry.Name, entry.Crc, entry.Method, entry.Compressed, entry.Size, entry.Offset);
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

    private void Begin(string name, ushort method, long compressed, long size, uint crc)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        bool large = size >= 0xFFFFFFFF || compressed >= 0xFFFFFFFF;
        long offset = sink.Position;
        int plain = ZipDirectory.LocalSize + utf8.Length + (large ? 20 : 0) + 4;
        int padding = (int)(-(offset + plain) & (Alignment - 1));
        var writer = new RecordWriter(new byte[plain + padding]);
        writer.UInt32(ZipDirectory.LocalSignature);
        writer.UInt16(large ? Version45 : Version20);
        writer.UInt16(Utf8Flag);
        writer.UInt16(method);
        writer.UInt16(0);
        writer.UInt16(DosDate);
        writer.UInt32(crc);
        writer.UInt32(large ? 0xFFFFFFFF : (uint)compressed);
        writer.UInt32(large ? 0xFFFFFFFF : (uint)size);
        writer.UInt16(checked((ushort)utf8.Length));
        writer.UInt16((ushort)((large ? 20 : 0) + 4 + padding));
        writer.Bytes(utf8);
        if (large)
        {
            writer.UInt16(Zip64Field);
            writer.UInt16(16);
            writer.UInt64((ulong)size);
            writer.UInt64((ulong)compressed);
        }
        writer.UInt16(PaddingField);
        writer.UInt16((ushort)padding);
        writer.Zeros(padding);
        sink.Write(writer.Written);
        _entries.Add((utf8, crc, method, compressed, size, offset));
    }

    private void WriteCentral(byte[] name, uint crc, ushort method, long compressed, long size, long offset)
    {
        Span<long> wide = stackalloc long[3];
        int count = 0;
        foreach (long value in (ReadOnlySpan<long>)[size, compressed, offset])
        {
            if (value >= 0xFFFFFFFF)
                wide[count++] = value;
        }
        int extra = count == 0 ? 0 : 4 + 8 * count;
        var writer = new RecordWriter(new byte[ZipDirectory.CentralSize + name.Length + extra]);
        writer.UInt32(ZipDirectory.CentralSignature);
        writer.UInt16(count == 0 ? Version20 : Version45);
        writer.UInt16(count == 0 ? Version20 : Version45);
        writer.UInt16(Utf8Flag);
        writer.UInt16(method);
        writer.UInt16(0);
        writer.UInt16(DosDate);
        writer.UInt32(crc);
        writer.UInt32(Narrow32(compressed));
        writer.UInt32(Narrow32(size));
        writer.UInt16((ushort)name.Length);
        writer.UInt16((ushort)extra);
        writer.Zeros(10);   // comment, disk, attributes
        writer.UInt32(Narrow32(offset));
        writer.Bytes(name);
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
