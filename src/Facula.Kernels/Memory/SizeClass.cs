using System.Numerics;

namespace Facula.Kernels;

/// <summary>The block sizes the pool deals in.</summary>
/// <remarks>
/// Up to 2 MiB eight steps per doubling; from there multiples of 2 MiB (the system's large page), with at most sixteen steps per doubling.
/// Requests of nearly the same size thus meet in one class, and a block is at most an eighth larger than asked for, or 2 MiB.
/// </remarks>
internal static class SizeClass
{
    public const long Smallest = 64 << 10;
    public const long LargePage = 2 << 20;
    private const long Largest = 1L << 60;

    /// <summary>The smallest class that holds <paramref name="bytes"/>.</summary>
    public static long RoundUp(long bytes)
    {
        if (bytes <= Smallest)
            return Smallest;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Largest);
        long power = 1L << BitOperations.Log2((ulong)(bytes - 1));
        long step = bytes <= LargePage ? power >> 3 : Math.Max(LargePage, power >> 4);
        return (bytes + step - 1) / step * step;
    }

    /// <summary>The next larger class.</summary>
    public static long Next(long size) => RoundUp(size + 1);

    /// <summary>The largest block that may serve a request of this class: a quarter of waste is cheaper than fresh pages.</summary>
    public static long LargestFor(long size) => size + size / 4;
}
