using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The argument at which the normal distribution function has the given value.</summary>
public readonly struct NdtriKernel : IFloatUnary
{
    public static string Name => "special_ndtri";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Ndtri(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.InDouble<Wide>(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.Ndtri(x);

    private readonly struct Wide : VectorMath.IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.Ndtri(x);
    }
}
