using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The modified Bessel function of the first kind of order 1.</summary>
public readonly struct ModifiedBesselI1Kernel : IFloatUnary
{
    public static string Name => "special_modified_bessel_i1";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI1(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.InDouble<Wide>(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.BesselI1(x);

    private readonly struct Wide : VectorMath.IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.BesselI1(x);
    }
}
