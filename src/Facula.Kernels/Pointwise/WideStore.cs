using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Stores of whole vectors to memory that lies in a near cache, or does not.</summary>
/// <remarks>
/// Memory beyond the second-level cache takes two halves of a line faster than a whole one. On a Xeon of the Cascade Lake kind, one core, a million floats:
/// copying 323 against 364 µs, adding 500 against 533, widening to double 551 against 847; ten million: copying 7.5 against 9.9 ms.
/// In the first cache it is the other way round (a thousand floats, adding: 65 against 47 ns).
/// A line that is written has to be read first. Asked for a kilobyte ahead it is there in time, which the processor's own prefetching does not manage for stores:
/// relu of a million floats takes 336 against 359 µs where the result's memory was used just before, 350 against 397 to 475 where two blocks take turns,
/// 465 against 560 where three do; ten million take 6.9 against 7.9 ms.
/// </remarks>
internal static unsafe class WideStore
{
    /// <summary>How many bytes ahead of a store its line is asked for.</summary>
    public const int Ahead = 1024;

    /// <summary>Stores the vector, by halves if the loop works far from the near caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To<T>(Vector512<T> vector, T* destination, bool far) where T : unmanaged
    {
        if (!far)
        {
            vector.Store(destination);
            return;
        }
        if (Sse.IsSupported) Sse.Prefetch0((byte*)destination + Ahead);
        vector.GetLower().Store(destination);
        vector.GetUpper().Store(destination + Vector256<T>.Count);
    }
}
