using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The processor's caches, as far as it tells.</summary>
internal static class CacheSize
{
    /// <summary>Bytes of a core's second-level cache; half a megabyte where unknown.</summary>
    public static readonly long SecondLevel = Read(2) is var size and >= 128 << 10 ? size : 512 << 10;

    private static long Read(int level)
    {
        if (!X86Base.IsSupported)
            return 0;
        // Intel's leaf 4 and AMD's 0x8000001D list the caches alike.
        int leaf = X86Base.CpuId(0, 0).Ebx == 0x756E6547 ? 4 : unchecked((int)0x8000001D);
        if ((uint)X86Base.CpuId(leaf & int.MinValue, 0).Eax < (uint)leaf)
            return 0;
        for (int index = 0; index < 16; index++)
        {
            var (eax, ebx, ecx, _) = X86Base.CpuId(leaf, index);
            int kind = eax & 31;
            if (kind == 0)
                break;
            // Kind 2 holds instructions only.
            if (kind != 2 && (eax >> 5 & 7) == level)
                return (1L + (uint)ecx) * (1 + (ebx & 0xFFF)) * (1 + (ebx >> 12 & 0x3FF)) * (1 + (ebx >>> 22));
        }
        return 0;
    }
}
