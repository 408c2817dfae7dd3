using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>y where x is not zero, else z.</summary>
public readonly struct ChoiceKernel<T> : IZip3<byte, T>
    where T : unmanaged
{
    public static bool IsChoice => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(byte x, T y, T z) => x != 0 ? y : z;
}
