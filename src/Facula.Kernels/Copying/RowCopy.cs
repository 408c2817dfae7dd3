using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Copies of one row of neighbouring elements, as part of a larger work.</summary>
internal static unsafe class RowCopy
{
    // Shorter rows end before the lines asked for ahead are of use.
    private const long SmallestFar = 512;

    /// <summary>Whether a work of so many elements leaves the near caches: see <see cref="WideStore"/>.</summary>
    public static bool IsFar<T>(long elements) where T : unmanaged => elements * sizeof(T) > 256 << 10;

    /// <summary>destination[i] = source[i]; the two do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, T* destination, long count, bool far) where T : unmanaged
    {
        byte* from = (byte*)source, to = (byte*)destination;
        long bytes = count * sizeof(T), last = bytes - Vector512<byte>.Count;
        if (!far || bytes < SmallestFar)
        {
            Buffer.MemoryCopy(from, to, bytes, bytes);
            return;
        }
        for (long i = 0; i < last; i += Vector512<byte>.Count) WideStore.To(Vector512.Load(from + i), to + i, far: true);
        Vector512.Load(from + last).Store(to + last);
    }
}
