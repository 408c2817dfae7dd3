using System.Numerics;

namespace Facula.Kernels;

// Orthogonal polynomials by their three-term recurrences, generic and with the multiply–adds fused so that float32 rounds at every
// step as PyTorch does.
public static partial class SpecialFunctions
{
    /// <summary>The Hermite polynomial Hₙ(x) of the physicists; 0 for negative n.</summary>
    public static T HermiteH<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n <= 0)
            return n < 0 ? T.Zero : T.One;
        T p = T.One, q = x + x;
        for (long k = 2; k < n + n && !T.IsNaN(q); k += 2)
            (p, q) = (q, T.FusedMultiplyAdd(x + x, q, -(T.CreateTruncating(k) * p)));
        return q;
    }

    /// <summary>The Hermite polynomial Heₙ(x) of the probabilists; 0 for negative n.</summary>
    public static T HermiteHe<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n <= 0)
            return n < 0 ? T.Zero : T.One;
        T p = T.One, q = x;
        for (long k = 1; k < n && !T.IsNaN(q); k++)
            (p, q) = (q, T.FusedMultiplyAdd(x, q, -(T.CreateTruncating(k) * p)));
        return q;
    }

    /// <summary>The Laguerre polynomial Lₙ(x); 0 for negative n.</summary>
    public static T LaguerreL<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n <= 0)
            return n < 0 ? T.Zero : T.One;
        if (x == T.Zero)
            return T.One;
        T p = T.One, q = T.One - x;
        for (long k = 1; k < n && !T.IsNaN(q); k++)
        {
            T order = T.CreateTruncating(k);
            (p, q) = (q, T.FusedMultiplyAdd(order + order + (T.One - x), q, -(order * p)) / (order + T.One));
        }

        return q;
    }

    /// <summary>The Legendre polynomial Pₙ(x); 0 for negative n.</summary>
    public static T LegendreP<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n <= 0)
            return n < 0 ? T.Zero : T.One;
        if (T.Abs(x) == T.One)
            return x > T.Zero || n % 2 == 0 ? T.One : -T.One;
        T p = T.One, q = x;
        for (long k = 1; k < n && !T.IsNaN(q); k++)
        {
            T order = T.CreateTruncating(k);
            (p, q) = (q, T.FusedMultiplyAdd((order + order + T.One) * x, q, -(order * p)) / (order + T.One));
        }

        return q;
    }
}
