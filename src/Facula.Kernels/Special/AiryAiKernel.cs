namespace Facula.Kernels;

/// <summary>The Airy function Ai.</summary>
public readonly struct AiryAiKernel : IFloatUnary
{
    public static string Name => "special_airy_ai";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.AiryAi(double.CreateTruncating(x)));
}
