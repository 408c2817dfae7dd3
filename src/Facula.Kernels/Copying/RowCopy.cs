using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Copies of one row of neighbouring elements, as part of a larger work.</summary>
internal static unsafe class RowCopy
{
    // Shorter rows end before the lines asked for ahead are of use.
    private const long SmallestFar = 512;

    /// <summary>Whether a work of so many elements leaves the near caches: see <see cref="WideStore"/>.</summary>
    public static bool IsFar<T>(long elements) where T : unmanaged => elements * sizeof(T) > 256 << 10;

    /// <summary>
    /// Rows of so many bytes at fixed steps. The lines ahead that <see cref="WideStore"/> asks for lie in the same row or, near its end, in one of the next:
    /// what follows a row in memory may be nobody's, or somebody's whose turn comes much later.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(byte* source, long sourceStep, byte* destination, long destinationStep, long bytes, long rows, bool far)
    {
        if (bytes >= Vector512<byte>.Count)
        {
            long last = bytes - Vector512<byte>.Count, within = bytes - WideStore.Ahead, over = Math.Max(1, WideStore.Ahead / bytes) * destinationStep - Math.Max(0, within);
            for (; rows > 0; rows--, source += sourceStep, destination += destinationStep)
            {
                long i = 0;
                if (!far)
                    for (; i < last; i += Vector512<byte>.Count) Vector512.Load(source + i).Store(destination + i);
                for (; i < last; i += Vector512<byte>.Count)
                {
                    if (Sse.IsSupported) Sse.Prefetch0(destination + i + (i < within ? WideStore.Ahead : over));
                    Vector256.Load(source + i).Store(destination + i);
                    Vector256.Load(source + i + Vector256<byte>.Count).Store(destination + i + Vector256<byte>.Count);
                }
                if (far && Sse.IsSupported) Sse.Prefetch0(destination + last + over);
                Vector512.Load(source + last).Store(destination + last);
            }
            return;
        }
        long ahead = far ? WideStore.Ahead / bytes * destinationStep : 0;
        for (; rows > 0; rows--, source += sourceStep, destination += destinationStep)
        {
            if (far && Sse.IsSupported) Sse.Prefetch0(destination + ahead);
            Short(source, destination, bytes);
        }
    }

    // Less than a vector: two halves that may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Short(byte* source, byte* destination, long bytes)
    {
        if (bytes >= 32)
        {
            Vector256<byte> a = Vector256.Load(source), b = Vector256.Load(source + bytes - 32);
            a.Store(destination);
            b.Store(destination + bytes - 32);
        }
        else if (bytes >= 16)
        {
            Vector128<byte> a = Vector128.Load(source), b = Vector128.Load(source + bytes - 16);
            a.Store(destination);
            b.Store(destination + bytes - 16);
        }
        else if (bytes >= 8) (*(long*)destination, *(long*)(destination + bytes - 8)) = (*(long*)source, *(long*)(source + bytes - 8));
        else if (bytes >= 4) (*(int*)destination, *(int*)(destination + bytes - 4)) = (*(int*)source, *(int*)(source + bytes - 4));
        else
            for (long i = 0; i < bytes; i++) destination[i] = source[i];
    }

    /// <summary>Each row of the destination is one element of the source, repeated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<T>(T* source, long sourceStep, T* destination, long destinationStep, long count, long rows, bool far) where T : unmanaged
    {
        for (; rows > 0; rows--, source += sourceStep, destination += destinationStep)
        {
            T value = *source;
            long i = 0;
            if (Vector512<T>.IsSupported && count >= Vector512<T>.Count)
            {
                Vector512<T> values = Vector512.Create(value);
                for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) WideStore.To(values, destination + i, far);
                values.Store(destination + count - Vector512<T>.Count);
                continue;
            }
            for (; i < count; i++) destination[i] = value;
        }
    }

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
