using System.Numerics;

namespace Facula.Kernels;

// Chebyshev polynomials of the four kinds: trigonometric form inside the interval from a degree on that is PyTorch's, so that the
// same inputs take the same branch; the recurrence elsewhere; the ends from their closed forms.
public static partial class SpecialFunctions
{
    /// <summary>The Chebyshev polynomial Tₙ(x) of the first kind; 0 for negative n.</summary>
    public static T ChebyshevT<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (T.Abs(x) == T.One)
            return x > T.Zero || n % 2 == 0 ? T.One : -T.One;
        return ChebyshevTInside(x, n, trigonometricAbove: 6);
    }

    /// <summary>The Chebyshev polynomial Uₙ(x) of the second kind; 0 for negative n.</summary>
    public static T ChebyshevU<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (T.Abs(x) == T.One)
            return T.CreateTruncating(x > T.Zero || n % 2 == 0 ? n + 1 : -(n + 1));
        return ChebyshevUInside(x, n, trigonometricAbove: 8);
    }

    /// <summary>The Chebyshev polynomial Vₙ(x) of the third kind; 0 for negative n.</summary>
    public static T ChebyshevV<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (T.Abs(x) == T.One)
            return x > T.Zero ? T.One : T.CreateTruncating(n % 2 == 0 ? n + n + 1 : -(n + n + 1));
        return ChebyshevVInside(x, n, trigonometricAbove: 8);
    }

    /// <summary>The Chebyshev polynomial Wₙ(x) of the fourth kind; 0 for negative n.</summary>
    public static T ChebyshevW<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (T.Abs(x) == T.One)
            return x > T.Zero ? T.CreateTruncating(n + n + 1) : n % 2 == 0 ? T.One : -T.One;
        return ChebyshevWInside(x, n, trigonometricAbove: 8);
    }

    /// <summary>Tₙ(2x − 1); 0 for negative n.</summary>
    public static T ShiftedChebyshevT<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (x == T.One || x == T.Zero)
            return x == T.One || n % 2 == 0 ? T.One : -T.One;
        return ChebyshevTInside(x + x - T.One, n, trigonometricAbove: 6);
    }

    /// <summary>Uₙ(2x − 1); 0 for negative n.</summary>
    public static T ShiftedChebyshevU<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (x == T.One || x == T.Zero)
            return T.CreateTruncating(x == T.One || n % 2 == 0 ? n + 1 : -(n + 1));
        return ChebyshevUInside(x + x - T.One, n, trigonometricAbove: 6);
    }

    /// <summary>Vₙ(2x − 1); 0 for negative n.</summary>
    public static T ShiftedChebyshevV<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (x == T.One || x == T.Zero)
            return x == T.One ? T.One : T.CreateTruncating(n % 2 == 0 ? n + n + 1 : -(n + n + 1));
        return ChebyshevVInside(x + x - T.One, n, trigonometricAbove: 6);
    }

    /// <summary>Wₙ(2x − 1); 0 for negative n.</summary>
    public static T ShiftedChebyshevW<T>(T x, long n) where T : IFloatingPointIeee754<T>
    {
        if (n < 0)
            return T.Zero;
        if (x == T.One || x == T.Zero)
            return x == T.One ? T.CreateTruncating(n + n + 1) : n % 2 == 0 ? T.One : -T.One;
        return ChebyshevWInside(x + x - T.One, n, trigonometricAbove: 4);
    }

    private static T ChebyshevTInside<T>(T x, long n, int trigonometricAbove) where T : IFloatingPointIeee754<T> =>
        n > trigonometricAbove && T.Abs(x) < T.One
            ? T.Cos(T.CreateTruncating(n) * T.Acos(x))
            : ChebyshevRecurrence(x, x, n);

    private static T ChebyshevUInside<T>(T x, long n, int trigonometricAbove) where T : IFloatingPointIeee754<T>
    {
        if (n <= trigonometricAbove || !(T.Abs(x) < T.One))
            return ChebyshevRecurrence(x, x + x, n);
        T angle = T.Acos(x), sine = T.Sin(angle), multiple = T.CreateTruncating(n + 1);
        return sine != T.Zero ? T.Sin(multiple * angle) / sine : multiple * T.Cos(multiple * angle) / x;
    }

    private static T ChebyshevVInside<T>(T x, long n, int trigonometricAbove) where T : IFloatingPointIeee754<T>
    {
        if (n <= trigonometricAbove || !(T.Abs(x) < T.One))
            return ChebyshevRecurrence(x, x + x - T.One, n);
        T angle = T.Acos(x), half = angle / (T.One + T.One);
        if (T.Sin(half) != T.One)
            return T.Cos((T.CreateTruncating(n) + T.CreateTruncating(0.5)) * angle) / T.Cos(half);
        return T.CreateTruncating(n % 2 == 0 ? n + n + 1 : -(n + n + 1));
    }

    private static T ChebyshevWInside<T>(T x, long n, int trigonometricAbove) where T : IFloatingPointIeee754<T>
    {
        if (n <= trigonometricAbove || !(T.Abs(x) < T.One))
            return ChebyshevRecurrence(x, x + x + T.One, n);
        T angle = T.Acos(x), half = angle / (T.One + T.One);
        if (T.Cos(half) != T.One)
            return T.Sin((T.CreateTruncating(n) + T.CreateTruncating(0.5)) * angle) / T.Sin(half);
        return x > T.Zero ? T.CreateTruncating(n + n + 1) : n % 2 == 0 ? T.One : -T.One;
    }

    private static T ChebyshevRecurrence<T>(T x, T first, long n) where T : IFloatingPointIeee754<T>
    {
        if (n == 0)
            return T.One;
        T p = T.One, q = first;
        for (long k = 2; k <= n && !T.IsNaN(q); k++)
            (p, q) = (q, T.FusedMultiplyAdd(x + x, q, -p));
        return q;
    }
}
