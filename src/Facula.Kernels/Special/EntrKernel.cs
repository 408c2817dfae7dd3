namespace Facula.Kernels;

/// <summary>−x·ln x of each element, 0 at zero and −∞ below.</summary>
public readonly struct EntrKernel : IFloatUnary
{
    public static string Name => "special_entr";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Entr(double.CreateTruncating(x)));
}
