using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The logarithm of the multivariate gamma function of dimension p.</summary>
public readonly struct MultivariateLogGammaMap(long p) : IMap<float, float>, IMap<double, double>
{
    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    public float Invoke(float x) => (float)SpecialFunctions.MultivariateLogGamma(x, p);
    public double Invoke(double x) => SpecialFunctions.MultivariateLogGamma(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x)
    {
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
        return NarrowLanes.Narrow(Invoke(low), Invoke(high));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Vector512<double> Invoke(Vector512<double> x)
    {
        Vector512<double> sum = Vector512.Create(p * (p - 1) * 0.25 * Math.Log(Math.PI));
        for (long j = 0; j < p; j++) sum += VectorMath.LogGamma(x - Vector512.Create(0.5 * j));
        return sum;
    }
}
