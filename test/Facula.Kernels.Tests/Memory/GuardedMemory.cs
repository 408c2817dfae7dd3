using System.Runtime.InteropServices;

namespace Facula.Kernels.Tests;

/// <summary>Bytes between two pages that nobody may touch, next to the first or to the last of them (on Linux; elsewhere plain memory).</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int None = 0, ReadWrite = 3, PrivateAnonymous = 0x22;

    private readonly nint _pages;
    private readonly nuint _size;

    public GuardedMemory(nuint bytes, bool atEnd)
    {
        nuint page = (nuint)Environment.SystemPageSize, inner = (bytes + page - 1) / page * page;
        _size = inner + 2 * page;
        if (OperatingSystem.IsLinux())
        {
            _pages = Map(0, _size, ReadWrite, PrivateAnonymous, -1, 0);
            if (_pages == -1 || Protect(_pages, page, None) != 0 || Protect(_pages + (nint)(page + inner), page, None) != 0)
                throw new InvalidOperationException($"no guarded memory of {_size} bytes: error {Marshal.GetLastPInvokeError()}");
        }
        else
            _pages = (nint)NativeMemory.AlignedAlloc(_size, page);
        Start = _pages + (nint)(page + (atEnd ? inner - bytes : 0));
    }

    public nint Start { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            Unmap(_pages, _size);
        else
            NativeMemory.AlignedFree((void*)_pages);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint size, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint size, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint size);
}
