using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The Laguerre polynomial of degree y at x.</summary>
public readonly struct LaguerrePolynomialLKernel : IPolynomial
{
    public static string Name => "special_laguerre_polynomial_l";
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => SpecialFunctions.LaguerreL(x, T.ConvertToIntegerNative<long>(y));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> OfDegree<T>(Vector512<T> x, long degree) where T : unmanaged, IFloatingPointIeee754<T> => SpecialFunctions.LaguerreLOfLanes(x, degree);
}
