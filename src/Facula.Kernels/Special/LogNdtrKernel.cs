using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The logarithm of the normal distribution function.</summary>
public readonly struct LogNdtrKernel : IFloatUnary
{
    public static string Name => "special_log_ndtr";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.LogNdtr(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.InDouble<Wide>(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.LogNdtr(x);

    private readonly struct Wide : VectorMath.IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.LogNdtr(x);
    }
}
