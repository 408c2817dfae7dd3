using System.Numerics;

namespace Facula.Kernels;

/// <summary>Σ x.</summary>
public readonly struct SumFold<T> : IFold<T, T, T>
    where T : unmanaged, INumberBase<T>
{
    public T Start => T.Zero;
    public T Step(T accumulator, T x) => accumulator + x;
    public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
}

/// <summary>Whether any element is not zero.</summary>
public readonly struct AnyFold : IFold<byte, byte, byte>
{
    public byte Start => 0;
    public byte Step(byte accumulator, byte x) => x != 0 ? (byte)1 : accumulator;
    public byte Merge(byte left, byte right) => (byte)(left | right);
    public byte End(byte accumulator, long count) => accumulator;
}
