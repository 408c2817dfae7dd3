using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The derivative of order n of digamma.</summary>
public readonly struct PolygammaMap(long n) : IMap<float, float>, IMap<double, double>
{
    // (−1)ⁿ⁺¹·n!
    private readonly double _factor = (n % 2 == 0 ? -1 : 1) * Math.Exp(SpecialFunctions.LogGamma(n + 1.0));

    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    public float Invoke(float x) => n == 1 ? SpecialFunctions.Trigamma(x) : (float)SpecialFunctions.Polygamma(n, x);
    public double Invoke(double x) => SpecialFunctions.Polygamma(n, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x)
    {
        if (n == 0) return VectorMath.Digamma(x);
        if (n == 1) return VectorMath.Trigamma(x);
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
        return NarrowLanes.Narrow(Higher(low), Higher(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Invoke(Vector512<double> x) => n == 0 ? VectorMath.Digamma(x) : n == 1 ? VectorMath.Trigamma(x) : Higher(x);

    private Vector512<double> Higher(Vector512<double> x) => _factor * SpecialFunctions.Zeta(n + 1, x);
}
