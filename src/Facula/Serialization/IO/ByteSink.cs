using Microsoft.Win32.SafeHandles;

namespace Facula.Serialization;

/// <summary>Where the writers put their bytes: a file handle or a stream, front to back.</summary>
internal abstract class ByteSink
{
    public long Position { get; private set; }

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

    /// <summary>Whether bytes may be written anywhere, by several threads at once.</summary>
    public virtual bool CanWriteAt => false;

    /// <summary>Writes at a position other than the current one, which stays.</summary>
    public virtual void WriteAt(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Leaves room behind that is written later or stays zero, for sinks that can.</summary>
    public void Advance(long count) => Position += count;

    protected abstract void WriteCore(ReadOnlySpan<byte> bytes);

    public static ByteSink To(SafeFileHandle handle) => new HandleSink(handle);

    public static ByteSink To(Stream stream) => new StreamSink(stream);

    private sealed class HandleSink(SafeFileHandle handle) : ByteSink
    {
        public override bool CanWriteAt => true;

        public override void WriteAt(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, position);

        protected override void WriteCore(ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, Position);
    }

    private sealed class StreamSink(Stream stream) : ByteSink
    {
        protected override void WriteCore(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
    }
}
