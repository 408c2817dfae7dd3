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
/// Results that no cache would hold until they are read again go past the caches: their lines are not read first, and the operands stay.
/// </remarks>
internal static unsafe class WideStore
{
    // The third level is spared what it cannot hold; what it can, the next operation finds there.
    private const long Passing = 32 << 20;

    /// <summary>How many bytes ahead of a store its line is asked for.</summary>
    public const int Ahead = 1024;

    /// <summary>Whether a result of so many bytes is better written past the caches: it would not stay in them, and its lines need not be read first. The memory must begin a line.</summary>
    public static bool Passes(void* destination, long bytes) => bytes >= Passing && ((nint)destination & 63) == 0;

    /// <summary>Stores a vector past the caches, to the beginning of a line; <see cref="Finish"/> comes after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Past<T>(Vector512<T> vector, T* destination) where T : unmanaged => vector.StoreAlignedNonTemporal(destination);

    /// <summary>Lets other threads see what this one stored past the caches before whatever it stores next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish()
    {
        if (Sse.IsSupported) Sse.StoreFence();
        else Interlocked.MemoryBarrier();
    }

    /// <summary>Asks for a line of an operand whose turn comes later: without stores to wait for, the loop reads faster than the processor looks ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<T>(T* operand) where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0((byte*)operand + 2 * Ahead);
    }

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
