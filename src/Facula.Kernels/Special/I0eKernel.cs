using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The modified Bessel function of order 0, scaled by e^(−|x|).</summary>
public readonly struct I0eKernel : IFloatUnary
{
    public static string Name => "special_i0e";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI0e(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.InDouble<Wide>(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.BesselI0e(x);

    private readonly struct Wide : VectorMath.IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.BesselI0e(x);
    }
}
