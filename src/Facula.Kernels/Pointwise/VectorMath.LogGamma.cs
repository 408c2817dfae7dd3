using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// ln Γ of doubles: around its zeros a series about 2, from 12 on Stirling's, and one logarithm for either.
public static partial class VectorMath
{
    /// <summary>ln |Γ(x)|, to 4 ulp of the greatest of its terms.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> LogGamma(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LogGamma(x.GetLower()), HalfVectors.LogGamma(x.GetUpper()));
        Vector512<double> y = Vector512.Abs(x), result = LogGammaOfPositive(y), negative = Vector512.LessThan(x, Vector512<double>.Zero);
        if (!Vector512.EqualsAll(negative, Vector512<double>.Zero))
        {
            // Γ(x)·Γ(−x) = −π / (x·sin πx); at a whole number the sine is zero and the logarithm infinite.
            Vector512<double> sine = Vector512.Abs(Sin((y - Round(y)) * Math.PI));
            result = Vector512.ConditionalSelect(negative, Log(Vector512.Create(Math.PI) / (y * sine)) - result, result);
        }
        return Vector512.ConditionalSelect(Vector512.Equals(y, Vector512.Create(double.PositiveInfinity)), y, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogGammaOfPositive(Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One, small = Vector512.LessThan(x, Vector512.Create(0.5)), large = Vector512.GreaterThanOrEqual(x, Vector512.Create(12.0));
        Vector512<double> middle = Vector512.LessThanOrEqual(x, Vector512.Create(1.5)), z = Vector512.ConditionalSelect(large, one, x), product = one;
        for (Vector512<double> above = Vector512.GreaterThan(z, Vector512.Create(2.5)); !Vector512.EqualsAll(above, Vector512<double>.Zero); above = Vector512.GreaterThan(z, Vector512.Create(2.5)))
        {
            z -= one & above;
            product = Vector512.ConditionalSelect(above, product * z, product);
        }
        // Γ(2 + z) is x·(x + 1)·Γ(x), x·Γ(x), or Γ(x) divided by the product of the steps down.
        z -= Vector512.Create(2.0) & ~middle;
        z -= one & (middle & ~small);
        product = Vector512.ConditionalSelect(middle, Vector512.ConditionalSelect(small, Fma(x, x, x), x), product);
        Vector512<double> log = Log(Vector512.ConditionalSelect(large, x, product)), near = SpecialFunctions.LogGammaNearTwo(z);
        near = Vector512.ConditionalSelect(middle, near - log, near + log);
        if (Vector512.EqualsAll(large, Vector512<double>.Zero)) return near;
        // (x − ½)·(ln x − 1) − ½ + ½·ln 2π.
        Vector512<double> far = Fma(x - Vector512.Create(0.5), log - one, Vector512.Create(0.41893853320467274178) + SpecialFunctions.StirlingTail(x));
        return Vector512.ConditionalSelect(large, far, near);
    }
}
