using System.IO.MemoryMappedFiles;

namespace Facula.Serialization;

/// <summary>A file mapped into memory; tensors may point into it, and the mapping lives as long as one of them does.</summary>
/// <remarks>Nothing unmaps explicitly: the view is released when the last tensor that keeps it alive is gone.</remarks>
internal sealed unsafe class MappedByteSource : ByteSource
{
    private readonly Mapping _mapping;

    private MappedByteSource(string path, long length, Mapping mapping) : base(path, length) => _mapping = mapping;

    public static MappedByteSource Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        long length = stream.Length;
        return new MappedByteSource(path, length, length == 0 ? new Mapping(null) : Map(stream));
    }

    public override byte* Pointer => _mapping.Pointer;

    public override object KeepAlive => _mapping;

    // Copy-on-write, as in PyTorch: a program may change the tensors it has loaded, and the file stays as it is.
    private static Mapping Map(FileStream stream)
    {
        using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
        return new Mapping(file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite));
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        new ReadOnlySpan<byte>(_mapping.Pointer + offset, destination.Length).CopyTo(destination);
        GC.KeepAlive(_mapping);
    }

    private sealed class Mapping
    {
        private readonly MemoryMappedViewAccessor? _view;

        public Mapping(MemoryMappedViewAccessor? view)
        {
            _view = view;
            if (view is null)
                return;
            byte* pointer = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            Pointer = pointer + view.PointerOffset;
        }

        public byte* Pointer { get; }

        // The handle counts the acquired pointer, so it must be given back before the view can unmap.
        ~Mapping() => _view?.SafeMemoryMappedViewHandle.ReleasePointer();
    }
}
