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

    /// <summary>Says that about so many bytes follow: memory then makes room once instead of growing by doubling, which copies what is there each time.</summary>
    public virtual void Expect(long bytes) { }

    protected abstract void WriteCore(ReadOnlySpan<byte> bytes);

    public static FileSink To(SafeFileHandle handle) => new(handle);

    public static ByteSink To(Stream stream) => new StreamSink(stream);

    private sealed class StreamSink(Stream stream) : ByteSink
    {
        public override void Expect(long bytes)
        {
            if (stream is not MemoryStream memory || memory.Position + bytes <= memory.Capacity || memory.Position + bytes > Array.MaxLength) return;
            try
            {
                memory.Capacity = (int)(memory.Position + bytes);
            }
            catch (NotSupportedException)
            {
                // A stream over an array of the caller's cannot grow: writing says so, should it not be large enough.
            }
        }

        protected override void WriteCore(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
    }
}
