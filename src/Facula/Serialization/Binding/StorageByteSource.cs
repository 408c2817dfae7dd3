namespace Facula.Serialization;

/// <summary>The memory of a tensor's storage, or a run of it, to be written.</summary>
internal sealed unsafe class StorageByteSource(Storage storage, long start, long length) : ByteSource("memory", length)
{
    private const int Chunk = 1 << 20;

    public StorageByteSource(Storage storage) : this(storage, 0, storage.Bytes) { }

    /// <summary>The elements of a contiguous tensor.</summary>
    public static StorageByteSource Of(Tensor tensor) =>
        new(tensor.Storage, tensor.Offset * tensor.dtype.itemsize, tensor.Numel * tensor.dtype.itemsize);

    public override void Walk(ReadOnlySpanAction visit)
    {
        if (Length == 0)
            return;
        fixed (byte* first = &storage.Reference)
        {
            for (long offset = 0; offset < Length; offset += Chunk)
                visit(new ReadOnlySpan<byte>(first + start + offset, (int)Math.Min(Chunk, Length - offset)));
        }
        GC.KeepAlive(storage);
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        fixed (byte* first = &storage.Reference)
            new ReadOnlySpan<byte>(first + start + offset, destination.Length).CopyTo(destination);
        GC.KeepAlive(storage);
    }
}
