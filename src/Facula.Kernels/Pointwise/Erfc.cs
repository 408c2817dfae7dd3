namespace Facula.Kernels;

/// <summary>The complementary error function 1 − erf(x) of each element.</summary>
public readonly struct ErfcKernel : IFloatUnary
{
    public static string Name => "erfc";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfc(double.CreateTruncating(x)));
}
