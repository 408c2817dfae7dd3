using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The Legendre polynomial of degree y at x.</summary>
public readonly struct LegendrePolynomialPKernel : IPolynomial
{
    public static string Name => "special_legendre_polynomial_p";
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => SpecialFunctions.LegendreP(x, T.ConvertToIntegerNative<long>(y));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> OfDegree<T>(Vector512<T> x, long degree) where T : unmanaged, IFloatingPointIeee754<T> => SpecialFunctions.LegendrePOfLanes(x, degree);
}
