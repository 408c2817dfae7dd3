using System.Runtime.InteropServices;

namespace Facula.Kernels;

/// <summary>Asks Linux for pages of 2 MiB where it gives them on request only.</summary>
/// <remarks>
/// Rows 4 KiB apart, as matrices often have them, lie in a page each otherwise, and a virtual machine looks up each page twice.
/// Nothing depends on the answer: the system may refuse.
/// </remarks>
internal static partial class LargePages
{
    private const int AdviceHugePage = 14;
    private static bool s_refused = !OperatingSystem.IsLinux();

    /// <summary>Asks for large pages in whole ones that were just allocated.</summary>
    public static void Advise(nint address, long size)
    {
        if (s_refused)
            return;
        try
        {
            // Old kernels, or those built without: no use to ask again.
            s_refused = MemoryAdvise(address, (nuint)size, AdviceHugePage) != 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            s_refused = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nuint length, int advice);
}
