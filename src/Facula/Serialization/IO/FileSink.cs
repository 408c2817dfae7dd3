using Microsoft.Win32.SafeHandles;

namespace Facula.Serialization;

/// <summary>A file, where bytes may also be written behind and before the current position, by several threads at once.</summary>
internal sealed class FileSink(SafeFileHandle handle) : ByteSink
{
    /// <summary>Writes at a position other than the current one, which stays.</summary>
    public void WriteAt(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, position);

    /// <summary>Leaves room that is written later or stays zero.</summary>
    public void Skip(long count) => Position += count;

    protected override void WriteCore(ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, Position);
}
