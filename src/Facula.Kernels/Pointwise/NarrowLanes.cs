using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Two vectors as one of half the lanes' width: doubles rounded, integers without their upper halves.</summary>
/// <remarks>Where a vector of 512 bits is a pair of halves, the runtime's own function goes element by element and takes ten times as long: Note [Half vectors].</remarks>
internal static class NarrowLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Narrow(Vector512<double> low, Vector512<double> high) => Avx512BW.IsSupported ? Vector512.Narrow(low, high) : Vector512.Create(Narrow(low.GetLower(), low.GetUpper()), Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Narrow(Vector256<double> low, Vector256<double> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Narrow(Vector512<long> low, Vector512<long> high) => Avx512BW.IsSupported ? Vector512.Narrow(low, high) : Vector512.Create(Narrow(low.GetLower(), low.GetUpper()), Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Narrow(Vector256<long> low, Vector256<long> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Narrow(Vector512<ulong> low, Vector512<ulong> high) => Avx512BW.IsSupported ? Vector512.Narrow(low, high) : Vector512.Create(Narrow(low.GetLower(), low.GetUpper()), Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Narrow(Vector256<ulong> low, Vector256<ulong> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Narrow(Vector512<int> low, Vector512<int> high) => Avx512BW.IsSupported ? Vector512.Narrow(low, high) : Vector512.Create(Narrow(low.GetLower(), low.GetUpper()), Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Narrow(Vector256<int> low, Vector256<int> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Narrow(Vector256<uint> low, Vector256<uint> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<sbyte> Narrow(Vector512<short> low, Vector512<short> high) => Avx512BW.IsSupported ? Vector512.Narrow(low, high) : Vector512.Create(Narrow(low.GetLower(), low.GetUpper()), Narrow(high.GetLower(), high.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Narrow(Vector256<short> low, Vector256<short> high) =>
        Vector256.IsHardwareAccelerated ? Vector256.Narrow(low, high) : Vector256.Create(Vector128.Narrow(low.GetLower(), low.GetUpper()), Vector128.Narrow(high.GetLower(), high.GetUpper()));
}
