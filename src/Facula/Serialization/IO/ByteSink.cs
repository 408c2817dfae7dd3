using Microsoft.Win32.SafeHandles;

namespace Facula.Serialization;

/// <summary>Where the writers put their bytes: a file handle or a stream, front to back.</summary>
internal abstract class ByteSink
{
    public long Position { get; private protected set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        WriteCore(bytes);
        Position += bytes.Length;
    }

    public void Write(ByteSource source) => source.Walk(Write);

    /// <summary>Zero bytes up to the next multiple of <paramref name="alignment"/>.</summary>
    public void Pad(int alignment)
    {
        int missing = (int)(-Position & (alignment - 1));
        Span<byte> zeros = stackalloc byte[missing];
        zeros.Clear();
        Write(zeros);
    }

    protected abstract void WriteCore(ReadOnlySpan<byte> bytes);

    public static FileSink To(SafeFileHandle handle) => new(handle);

    public static ByteSink To(Stream stream) => new StreamSink(stream);

    private sealed class StreamSink(Stream stream) : ByteSink
    {
        protected override void WriteCore(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
    }
}
