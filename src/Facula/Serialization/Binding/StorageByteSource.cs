namespace Facula.Serialization;

/// <summary>The memory of a tensor's storage, or a run of it, to be written.</summary>
internal sealed unsafe class StorageByteSource(Storage storage, long start, long length) : ByteSource("memory", length)
{
    public StorageByteSource(Storage storage) : this(storage, 0, storage.Bytes) { }

    /// <summary>The elements of a contiguous tensor.</summary>
    public static StorageByteSource Of(Tensor tensor) =>
        new(tensor.Storage, tensor.Offset * tensor.dtype.itemsize, tensor.Numel * tensor.dtype.itemsize);

    public override void Walk(long from, long count, ReadOnlySpanAction visit)
    {
        if (count == 0)
            return;
        fixed (byte* first = &storage.Reference)
        {
            for (long offset = from; offset < from + count; offset += WalkBytes)
                visit(new ReadOnlySpan<byte>(first + start + offset, (int)Math.Min(WalkBytes, from + count - offset)));
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
