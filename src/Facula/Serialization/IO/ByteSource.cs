namespace Facula.Serialization;

/// <summary>A named run of bytes with a known length that is read at any position: a file, an array, or a part of one.</summary>
/// <remarks>The parsers see files only through this type, so every error can name the file and the offset in it.</remarks>
internal abstract class ByteSource : IDisposable
{
    protected ByteSource(string name, long length)
    {
        Name = name;
        Length = length;
    }

    /// <summary>What error messages call the source: a path, or a path and the entry in it.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <summary>Where byte 0 of this source stands in the file that <see cref="Name"/> names.</summary>
    public virtual long Origin => 0;

    /// <summary>The address of the bytes if they are mapped or pinned for the life of <see cref="KeepAlive"/>, else null.</summary>
    public virtual unsafe byte* Pointer => null;

    /// <summary>The object whose reachability keeps <see cref="Pointer"/> valid.</summary>
    public virtual object KeepAlive => this;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> or throws; a range outside the source is the file's fault.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length || destination.Length > Length - offset)
            throw Corrupt(Math.Max(offset, 0), $"{destination.Length} bytes are needed, and the data ends at {Origin + Length}");
        ReadCore(offset, destination);
    }

    protected abstract void ReadCore(long offset, Span<byte> destination);

    /// <summary>A part of this source, for which the caller has checked the range.</summary>
    public ByteSource Slice(long offset, long length, string? name = null)
    {
        if (offset < 0 || length < 0 || offset > Length || length > Length - offset)
            throw Corrupt(Math.Max(offset, 0), $"a range of {length} bytes leaves the file of {Length} bytes");
        return new ByteSlice(this, offset, length, name ?? Name);
    }

    /// <summary>The whole content, for parts whose length has been checked against a cap.</summary>
    public byte[] ToArray()
    {
        if (Length > Array.MaxLength)
            throw Corrupt(0, $"{Length} bytes are too many for one array");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Length);
        Read(0, bytes);
        return bytes;
    }

    /// <summary>Hands the whole content to <paramref name="visit"/> in chunks: in place when it is in memory, through a buffer otherwise.</summary>
    public void Walk(ReadOnlySpanAction visit) => Walk(0, Length, visit);

    /// <summary>Hands a range, which the caller has checked, to <paramref name="visit"/> in chunks.</summary>
    public virtual unsafe void Walk(long start, long length, ReadOnlySpanAction visit)
    {
        byte[] buffer = Pointer is null ? GC.AllocateUninitializedArray<byte>((int)Math.Min(WalkBytes, length)) : [];
        for (long offset = start; offset < start + length; offset += WalkBytes)
        {
            int count = (int)Math.Min(WalkBytes, start + length - offset);
            if (Pointer is not null)
            {
                visit(new ReadOnlySpan<byte>(Pointer + offset, count));
                continue;
            }
            Read(offset, buffer.AsSpan(0, count));
            visit(buffer.AsSpan(0, count));
        }
        GC.KeepAlive(KeepAlive);
    }

    /// <summary>The length of a chunk: small enough to stay in the cache between two uses of it.</summary>
    protected const int WalkBytes = 256 << 10;

    /// <summary>What <c>Walk</c> calls for each chunk.</summary>
    public delegate void ReadOnlySpanAction(ReadOnlySpan<byte> chunk);

    /// <summary>The one exception type for broken or hostile files.</summary>
    public InvalidDataException Corrupt(long offset, string reason) =>
        new($"{Name}: offset {Origin + offset}: {reason}");

    public virtual void Dispose() { }
}

/// <summary>A range of another source, which stays its owner.</summary>
internal sealed class ByteSlice : ByteSource
{
    private readonly ByteSource _parent;
    private readonly long _offset;

    public ByteSlice(ByteSource parent, long offset, long length, string name) : base(name, length)
    {
        _parent = parent;
        _offset = offset;
    }

    public override long Origin => _parent.Origin + _offset;

    public override unsafe byte* Pointer => _parent.Pointer is null ? null : _parent.Pointer + _offset;

    public override object KeepAlive => _parent.KeepAlive;

    public override void Walk(long start, long length, ReadOnlySpanAction visit) => _parent.Walk(_offset + start, length, visit);

    protected override void ReadCore(long offset, Span<byte> destination) => _parent.Read(_offset + offset, destination);
}

/// <summary>Bytes of a managed array.</summary>
internal sealed class MemoryByteSource : ByteSource
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public MemoryByteSource(string name, ReadOnlyMemory<byte> bytes) : base(name, bytes.Length) => _bytes = bytes;

    public ReadOnlySpan<byte> Span => _bytes.Span;

    protected override void ReadCore(long offset, Span<byte> destination) =>
        _bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
}
