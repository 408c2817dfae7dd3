using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>float16 and bfloat16 as lanes of float, with the bits that the scalar conversions give. 16-bit numbers lie in the low half of 32-bit lanes.</summary>
internal static class HalfLanes
{
    // The instructions that convert float16 have no name in .NET; what follows are the integer formulas of System.Half, without its branches.

    /// <summary>The float16 numbers of these bits; a NaN keeps its payload and becomes quiet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromHalf(Vector512<uint> bits)
    {
        Vector512<uint> bias = Vector512.Create(112u << 23), rest = (bits & Vector512.Create(0x7FFFu)) << 13;
        Vector512<uint> exponent = rest & Vector512.Create(0x1Fu << 23);
        // A subnormal gets the leading one that it lacks, and 2⁻¹⁴ is taken away again; multiplying it as a subnormal float is slow in hardware.
        Vector512<uint> least = Vector512.Equals(exponent, Vector512<uint>.Zero) & Vector512.Create(113u << 23);
        Vector512<uint> infinite = Vector512.Equals(exponent, Vector512.Create(0x1Fu << 23)) & bias;
        Vector512<float> magnitude = (rest + (bias | least) + infinite).AsSingle() - least.AsSingle();
        return (magnitude.AsUInt32() | ((bits & Vector512.Create(0x8000u)) << 16)).AsSingle();
    }

    /// <summary>The bits of the nearest float16, ties to even; the upper half of a lane holds anything. A NaN keeps its sign and the top of its payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToHalf(Vector512<float> x)
    {
        Vector512<uint> bits = x.AsUInt32(), magnitude = bits & Vector512.Create(0x7FFF_FFFFu);
        // 65520 is the first number that rounds to infinity, 2⁻¹⁴ the last that is no subnormal.
        Vector512<float> bounded = Vector512.MinNative(magnitude.AsSingle(), Vector512.Create(65520f));
        Vector512<uint> power = Vector512.MaxNative(bounded, Vector512.Create(113u << 23).AsSingle()).AsUInt32() & Vector512.Create(0xFFu << 23);
        // Adding 2¹³ times the number's power of two leaves ten bits of fraction, and the adder rounds them.
        Vector512<uint> rounded = (bounded + (power + Vector512.Create(13u << 23)).AsSingle()).AsUInt32() - Vector512.Create(126u << 23);
        rounded += rounded >>> 13;
        Vector512<uint> nan = ((magnitude >>> 13) & Vector512.Create(0x3FFu)) | Vector512.Create(0x7E00u);
        rounded = Vector512.ConditionalSelect(Vector512.Equals(x, x).AsUInt32(), rounded, nan);
        return rounded | ((bits >>> 16) & Vector512.Create(0x8000u));
    }

    /// <summary>The bfloat16 numbers of these bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromBFloat16(Vector512<uint> bits) => (bits << 16).AsSingle();

    /// <summary>The bits of the nearest bfloat16, ties to even; every NaN becomes 0x7FC0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToBFloat16(Vector512<float> x)
    {
        Vector512<uint> bits = x.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
        return Vector512.ConditionalSelect(Vector512.Equals(x, x).AsUInt32(), rounded, Vector512.Create(0x7FC0u));
    }
}
