using System.Collections.Concurrent;
using System.Numerics;

namespace Facula.Kernels;

/// <summary>The tables of transforms used before, bounded in number and size.</summary>
internal static class FftPlans<T> where T : unmanaged, INumberBase<T>
{
    private const int MostPlans = 64;
    private const long MostBytes = 64L << 20;

    private static readonly ConcurrentDictionary<int, LaneTransform<T>> LaneCache = new();
    private static readonly ConcurrentDictionary<int, FftLength<T>> LengthCache = new();

    public static LaneTransform<T> Lanes(int length) =>
        LaneCache.TryGetValue(length, out var plan) ? plan : Keep(LaneCache, length, new LaneTransform<T>(length), static plan => plan.Size);

    public static FftLength<T> Length(int length) =>
        LengthCache.TryGetValue(length, out var plan) ? plan : Keep(LengthCache, length, new FftLength<T>(length), static plan => plan.Size);

    /// <summary>A plan in use stays alive by its user's reference, so a full cache is simply emptied.</summary>
    private static TPlan Keep<TPlan>(ConcurrentDictionary<int, TPlan> cache, int length, TPlan plan, Func<TPlan, long> size)
    {
        long bytes = size(plan);
        if (bytes > MostBytes / 2)
            return plan;
        foreach (var other in cache.Values)
            bytes += size(other);
        if (cache.Count >= MostPlans || bytes > MostBytes)
            cache.Clear();
        cache[length] = plan;
        return plan;
    }
}
