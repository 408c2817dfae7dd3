using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A family of polynomials, the second operand the degree, that has a form for vectors of one degree.</summary>
public interface IPolynomial : IFloatBinary
{
    static abstract Vector512<T> OfDegree<T>(Vector512<T> x, long degree) where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The polynomial of one degree as a map.</summary>
public readonly struct PolynomialMap<TKernel>(long degree) : IMap<float, float>, IMap<double, double>
    where TKernel : IPolynomial
{
    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    public float Invoke(float x) => TKernel.OfDegree(Vector512.Create(x), degree).ToScalar();
    public double Invoke(double x) => TKernel.OfDegree(Vector512.Create(x), degree).ToScalar();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => TKernel.OfDegree(x, degree);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => TKernel.OfDegree(x, degree);
}
