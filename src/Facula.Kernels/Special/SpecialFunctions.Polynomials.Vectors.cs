using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The recurrences of one degree for whole vectors, to the same bits as for one number.
public static partial class SpecialFunctions
{
    /// <summary>The Hermite polynomial Hₙ(x) of the physicists; 0 for negative n.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> HermiteHOfLanes<T>(Vector512<T> x, long n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.HermiteHOfLanes(x.GetLower(), n), HalfVectors.HermiteHOfLanes(x.GetUpper(), n));
        if (n <= 0) return n < 0 ? Vector512<T>.Zero : Vector512<T>.One;
        Vector512<T> p = Vector512<T>.One, twice = x + x, q = twice;
        for (long k = 2; k < n + n && !AllNaN(q); k += 2) (p, q) = (q, VectorMath.Fma(twice, q, -(Vector512.Create(T.CreateTruncating(k)) * p)));
        return q;
    }

    /// <summary>The Hermite polynomial Heₙ(x) of the probabilists; 0 for negative n.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> HermiteHeOfLanes<T>(Vector512<T> x, long n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.HermiteHeOfLanes(x.GetLower(), n), HalfVectors.HermiteHeOfLanes(x.GetUpper(), n));
        if (n <= 0) return n < 0 ? Vector512<T>.Zero : Vector512<T>.One;
        Vector512<T> p = Vector512<T>.One, q = x;
        for (long k = 1; k < n && !AllNaN(q); k++) (p, q) = (q, VectorMath.Fma(x, q, -(Vector512.Create(T.CreateTruncating(k)) * p)));
        return q;
    }

    /// <summary>The Laguerre polynomial Lₙ(x); 0 for negative n.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> LaguerreLOfLanes<T>(Vector512<T> x, long n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LaguerreLOfLanes(x.GetLower(), n), HalfVectors.LaguerreLOfLanes(x.GetUpper(), n));
        if (n <= 0) return n < 0 ? Vector512<T>.Zero : Vector512<T>.One;
        Vector512<T> p = Vector512<T>.One, rest = p - x, q = rest;
        for (long k = 1; k < n && !AllNaN(q); k++)
        {
            T order = T.CreateTruncating(k);
            (p, q) = (q, VectorMath.Fma(Vector512.Create(order + order) + rest, q, -(Vector512.Create(order) * p)) / Vector512.Create(order + T.One));
        }
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), Vector512<T>.One, q);
    }

    /// <summary>The Legendre polynomial Pₙ(x); 0 for negative n.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> LegendrePOfLanes<T>(Vector512<T> x, long n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LegendrePOfLanes(x.GetLower(), n), HalfVectors.LegendrePOfLanes(x.GetUpper(), n));
        if (n <= 0) return n < 0 ? Vector512<T>.Zero : Vector512<T>.One;
        Vector512<T> p = Vector512<T>.One, q = x;
        for (long k = 1; k < n && !AllNaN(q); k++)
        {
            T order = T.CreateTruncating(k);
            (p, q) = (q, VectorMath.Fma(Vector512.Create(order + order + T.One) * x, q, -(Vector512.Create(order) * p)) / Vector512.Create(order + T.One));
        }
        return Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(x), Vector512<T>.One), n % 2 == 0 ? Vector512<T>.One : x, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllNaN<T>(Vector512<T> x) => !Vector512.EqualsAny(x, x);
}
