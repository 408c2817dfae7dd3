namespace Facula.Kernels;

/// <summary>The scaled complementary error function e^(x²)·erfc(x).</summary>
public readonly struct ErfcxKernel : IFloatUnary
{
    public static string Name => "special_erfcx";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfcx(double.CreateTruncating(x)));
}
