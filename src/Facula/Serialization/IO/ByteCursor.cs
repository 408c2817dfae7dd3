using System.Buffers.Binary;
using System.Text;

namespace Facula.Serialization;

/// <summary>Reads a source from front to back through a small window; every read is checked against the bytes left.</summary>
internal sealed class ByteCursor
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _window;
    private long _windowStart;
    private int _at;
    private int _filled;

    public ByteCursor(ByteSource source, long position = 0)
    {
        Source = source;
        _window = new byte[(int)Math.Min(source.Length, 32 * 1024)];
        _windowStart = position;
    }

    public ByteSource Source { get; }

    public long Position => _windowStart + _at;

    public long Left => Source.Length - Position;

    public InvalidDataException Corrupt(string reason) => Source.Corrupt(Position, reason);

    public byte ReadByte() => Take(1, "a byte")[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "a number"));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4, "a number"));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "a number"));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, "a number"));

    public double ReadDoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Take(8, "a float"));

    /// <summary>Unsigned base-128 number of at most 63 bits.</summary>
    public long ReadLeb128()
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if ((part & 0x80) == 0)
                return (long)value;
        }
        throw Corrupt("a LEB128 number is longer than 63 bits");
    }

    /// <summary>Copies <paramref name="count"/> bytes, which must be there: a declared length never allocates more than the file holds.</summary>
    public byte[] ReadBytes(ulong count, string what)
    {
        CheckLeft(count, what);
        if (count > (ulong)Array.MaxLength)
            throw Corrupt($"{what} of {count} bytes is too long");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        int buffered = Math.Min(bytes.Length, _filled - _at);
        _window.AsSpan(_at, buffered).CopyTo(bytes);
        _at += buffered;
        if (buffered < bytes.Length)
        {
            Source.Read(Position, bytes.AsSpan(buffered));
            Seek(Position + bytes.Length - buffered);
        }
        return bytes;
    }

    public string ReadUtf8(ulong count, string what)
    {
        CheckLeft(count, what);
        long start = Position;
        try
        {
            return count <= (ulong)_window.Length ? StrictUtf8.GetString(Take((int)count, what)) : StrictUtf8.GetString(ReadBytes(count, what));
        }
        catch (DecoderFallbackException)
        {
            throw Source.Corrupt(start, $"{what} is not valid UTF-8");
        }
    }

    /// <summary>Text up to the next line feed, which is consumed.</summary>
    public string ReadLine(int longest, string what)
    {
        ReadOnlySpan<byte> seen = Peek(longest + 1);
        int length = seen.IndexOf((byte)'\n');
        if (length < 0)
            throw Corrupt($"{what} has no end within {longest} bytes");
        string line = ReadUtf8((ulong)length, what);
        Skip(1);
        return line;
    }

    /// <summary>The next bytes without consuming them; fewer where the source ends.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_filled - _at < count)
            Refill();
        return _window.AsSpan(_at, Math.Min(count, _filled - _at));
    }

    public void Skip(long count)
    {
        CheckLeft((ulong)count, "data");
        if (count <= _filled - _at)
            _at += (int)count;
        else
            Seek(Position + count);
    }

    public void CheckLeft(ulong count, string what)
    {
        if (count > (ulong)Left)
            throw Corrupt($"{what} of {count} bytes is declared, and {Left} bytes are left");
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (_filled - _at < count)
        {
            CheckLeft((ulong)count, what);
            Refill();
        }
        ReadOnlySpan<byte> taken = _window.AsSpan(_at, count);
        _at += count;
        return taken;
    }

    private void Seek(long position)
    {
        _windowStart = position;
        _at = _filled = 0;
    }

    private void Refill()
    {
        long start = Position;
        int kept = _filled - _at;
        _window.AsSpan(_at, kept).CopyTo(_window);
        int fresh = (int)Math.Min(_window.Length - kept, Source.Length - start - kept);
        Source.Read(start + kept, _window.AsSpan(kept, fresh));
        _windowStart = start;
        _at = 0;
        _filled = kept + fresh;
    }
}
