namespace Facula.Serialization;

/// <summary>A source as a read-only stream, for the decompressor.</summary>
internal sealed class ByteSourceStream(ByteSource source) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Clamp(source.Length - Position, 0, buffer.Length);
        if (count == 0)
            return 0;
        source.Read(Position, buffer[..count]);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length };
        return Position = position >= 0 ? position : throw new IOException($"A stream of {Length} bytes has no position {position}.");
    }

    public override void SetLength(long value) => throw ReadOnly();

    public override void Write(byte[] buffer, int offset, int count) => throw ReadOnly();

    // What Stream asks for where CanWrite is false.
    private NotSupportedException ReadOnly() => new($"The stream reads {Length} bytes of a file or a buffer and cannot change them.");
}
