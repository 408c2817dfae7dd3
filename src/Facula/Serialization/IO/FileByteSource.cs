using Microsoft.Win32.SafeHandles;

namespace Facula.Serialization;

/// <summary>A file read by position, without a shared cursor, so that several threads may read it at once.</summary>
internal sealed class FileByteSource : ByteSource
{
    private readonly SafeFileHandle _handle;

    private readonly bool _owned = true;
    private readonly long _start;

    private FileByteSource(string path, SafeFileHandle handle, long length) : base(path, length) => _handle = handle;

    private FileByteSource(FileStream stream) : base(stream.Name, stream.Length - stream.Position)
    {
        _handle = stream.SafeFileHandle;
        _start = stream.Position;
        _owned = false;
    }

    /// <summary>What is left of an open stream, which stays its owner.</summary>
    public static FileByteSource Rest(FileStream stream) => new(stream);

    public override long Origin => _start;

    public static FileByteSource Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new FileByteSource(path, handle, RandomAccess.GetLength(handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_handle, destination, _start + offset);
            if (read == 0)
                throw Corrupt(offset, "the file became shorter while it was being read");
            destination = destination[read..];
            offset += read;
        }
    }

    public override void Dispose()
    {
        if (_owned)
            _handle.Dispose();
    }
}
