using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The inverse error function of each element.</summary>
public readonly struct ErfinvKernel : IFloatUnary
{
    public static string Name => "erfinv";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfinv(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.InDouble<Wide>(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.Erfinv(x);

    private readonly struct Wide : VectorMath.IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => SpecialFunctions.Erfinv(x);
    }
}
