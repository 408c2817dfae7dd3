using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A kernel's working memory: 64-byte aligned, uninitialised, the renter's own until disposed.</summary>
/// <remarks>Small pieces come from a cache of the thread, in pinned arrays that the collector frees with the thread; large ones from <see cref="BlockPool"/>.</remarks>
public readonly unsafe struct Scratch : IDisposable
{
    private const int SmallestLog = 12;
    private const int LargestLog = 20;
    private const int PerSize = 6;

    [ThreadStatic]
    private static byte[]?[]? t_cache;

    private readonly byte[]? _array;

    private Scratch(byte* pointer, byte[]? array)
    {
        Pointer = pointer;
        _array = array;
    }

    /// <summary>The first byte.</summary>
    public byte* Pointer { get; }

    /// <summary>Rents at least this many bytes.</summary>
    public static Scratch Rent(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > 1 << LargestLog)
            return new Scratch((byte*)BlockPool.Rent(bytes), null);

        int log = bytes <= 1 << SmallestLog ? SmallestLog : BitOperations.Log2((ulong)(bytes - 1)) + 1;
        var array = TakeCached(log) ?? GC.AllocateUninitializedArray<byte>((1 << log) + BlockPool.Alignment, pinned: true);
        if (BlockPool.Torture)
            array.AsSpan().Fill(0xFF);
        nint address = (nint)Unsafe.AsPointer(ref array[0]);
        return new Scratch((byte*)((address + BlockPool.Alignment - 1) & -BlockPool.Alignment), array);
    }

    /// <summary>Rents room for this many elements.</summary>
    public static Scratch Rent<T>(long count) where T : unmanaged => Rent(checked(count * sizeof(T)));

    /// <summary>Gives the memory back; the pointer must not be used any more.</summary>
    public void Dispose()
    {
        if (_array is null)
        {
            if (Pointer != null)
                BlockPool.Return((nint)Pointer);
            return;
        }

        var cache = t_cache ??= new byte[]?[(LargestLog - SmallestLog + 1) * PerSize];
        int first = (BitOperations.Log2((uint)_array.Length) - SmallestLog) * PerSize;
        for (int i = first; i < first + PerSize; i++)
        {
            if (cache[i] is null)
            {
                cache[i] = _array;
                return;
            }
        }
    }

    private static byte[]? TakeCached(int log)
    {
        if (t_cache is not { } cache)
            return null;
        int first = (log - SmallestLog) * PerSize;
        for (int i = first + PerSize - 1; i >= first; i--)
        {
            if (cache[i] is { } array)
            {
                cache[i] = null;
                return array;
            }
        }
        return null;
    }
}
