using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Moves between planes (NCHW) and vectors of channels: four positions of as many channels as a vector has lanes.</summary>
/// <remarks>Where the JIT has run out of its budget for inlining they are called, and must not begin unoptimised.</remarks>
internal static unsafe class ChannelLanes<V> where V : struct
{
    /// <summary>Stores r0 … r3, one vector of channels per position, as four neighbours in each channel's plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreFour(V r0, V r1, V r2, V r3, float* destination, nint plane)
    {
        if (typeof(V) == typeof(Vector512<float>))
        {
            Vector512<float> a = As512(r0), b = As512(r1), c = As512(r2), d = As512(r3);
            var ab = Avx512F.UnpackLow(a, b).AsDouble();
            var cd = Avx512F.UnpackLow(c, d).AsDouble();
            Store512(Avx512F.UnpackLow(ab, cd).AsSingle(), destination, plane);
            Store512(Avx512F.UnpackHigh(ab, cd).AsSingle(), destination + plane, plane);
            ab = Avx512F.UnpackHigh(a, b).AsDouble();
            cd = Avx512F.UnpackHigh(c, d).AsDouble();
            Store512(Avx512F.UnpackLow(ab, cd).AsSingle(), destination + 2 * plane, plane);
            Store512(Avx512F.UnpackHigh(ab, cd).AsSingle(), destination + 3 * plane, plane);
        }
        else if (typeof(V) == typeof(Vector256<float>))
        {
            Vector256<float> a = As256(r0), b = As256(r1), c = As256(r2), d = As256(r3);
            var ab = Avx.UnpackLow(a, b).AsDouble();
            var cd = Avx.UnpackLow(c, d).AsDouble();
            Store256(Avx.UnpackLow(ab, cd).AsSingle(), destination, plane);
            Store256(Avx.UnpackHigh(ab, cd).AsSingle(), destination + plane, plane);
            ab = Avx.UnpackHigh(a, b).AsDouble();
            cd = Avx.UnpackHigh(c, d).AsDouble();
            Store256(Avx.UnpackLow(ab, cd).AsSingle(), destination + 2 * plane, plane);
            Store256(Avx.UnpackHigh(ab, cd).AsSingle(), destination + 3 * plane, plane);
        }
        else
        {
            Vector128<float> a = As128(r0), b = As128(r1), c = As128(r2), d = As128(r3);
            Transpose(ref a, ref b, ref c, ref d);
            a.Store(destination);
            b.Store(destination + plane);
            c.Store(destination + 2 * plane);
            d.Store(destination + 3 * plane);
        }
    }

    /// <summary>Loads four neighbours of each channel's plane as four vectors of channels, and stores these <paramref name="position"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public static void LoadFour(float* source, nint plane, float* destination, nint position)
    {
        TurnFour(source, plane, out V a, out V b, out V c, out V d);
        Unsafe.WriteUnaligned(destination, a);
        Unsafe.WriteUnaligned(destination + position, b);
        Unsafe.WriteUnaligned(destination + 2 * position, c);
        Unsafe.WriteUnaligned(destination + 3 * position, d);
    }

    /// <summary>Loads four neighbours of each channel's plane as four vectors of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnFour(float* source, nint plane, out V r0, out V r1, out V r2, out V r3)
    {
        if (typeof(V) == typeof(Vector512<float>))
        {
            Vector512<float> a = Load512(source, plane), b = Load512(source + plane, plane), c = Load512(source + 2 * plane, plane), d = Load512(source + 3 * plane, plane);
            var ab = Avx512F.UnpackLow(a, b).AsDouble();
            var cd = Avx512F.UnpackLow(c, d).AsDouble();
            r0 = Unsafe.BitCast<Vector512<double>, V>(Avx512F.UnpackLow(ab, cd));
            r1 = Unsafe.BitCast<Vector512<double>, V>(Avx512F.UnpackHigh(ab, cd));
            ab = Avx512F.UnpackHigh(a, b).AsDouble();
            cd = Avx512F.UnpackHigh(c, d).AsDouble();
            r2 = Unsafe.BitCast<Vector512<double>, V>(Avx512F.UnpackLow(ab, cd));
            r3 = Unsafe.BitCast<Vector512<double>, V>(Avx512F.UnpackHigh(ab, cd));
        }
        else if (typeof(V) == typeof(Vector256<float>))
        {
            Vector256<float> a = Load256(source, plane), b = Load256(source + plane, plane), c = Load256(source + 2 * plane, plane), d = Load256(source + 3 * plane, plane);
            var ab = Avx.UnpackLow(a, b).AsDouble();
            var cd = Avx.UnpackLow(c, d).AsDouble();
            r0 = Unsafe.BitCast<Vector256<double>, V>(Avx.UnpackLow(ab, cd));
            r1 = Unsafe.BitCast<Vector256<double>, V>(Avx.UnpackHigh(ab, cd));
            ab = Avx.UnpackHigh(a, b).AsDouble();
            cd = Avx.UnpackHigh(c, d).AsDouble();
            r2 = Unsafe.BitCast<Vector256<double>, V>(Avx.UnpackLow(ab, cd));
            r3 = Unsafe.BitCast<Vector256<double>, V>(Avx.UnpackHigh(ab, cd));
        }
        else
        {
            Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + plane), c = Vector128.Load(source + 2 * plane), d = Vector128.Load(source + 3 * plane);
            Transpose(ref a, ref b, ref c, ref d);
            (r0, r1, r2, r3) = (Unsafe.BitCast<Vector128<float>, V>(a), Unsafe.BitCast<Vector128<float>, V>(b), Unsafe.BitCast<Vector128<float>, V>(c), Unsafe.BitCast<Vector128<float>, V>(d));
        }
    }

    // Channels 0, 4, 8 and 12 side by side: after the unpacking within 128 bits, channel 4·i + j is then block i of vector j.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load512(float* source, nint plane) => Vector512.Create(Load256(source, plane), Load256(source + 8 * plane, plane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load256(float* source, nint plane) => Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * plane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store512(Vector512<float> value, float* destination, nint plane)
    {
        Store256(value.GetLower(), destination, plane);
        Store256(value.GetUpper(), destination + 8 * plane, plane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store256(Vector256<float> value, float* destination, nint plane)
    {
        value.GetLower().Store(destination);
        value.GetUpper().Store(destination + 4 * plane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d), abHigh = Sse.UnpackHigh(a, b), cdHigh = Sse.UnpackHigh(c, d);
            a = Sse.MoveLowToHigh(ab, cd);
            b = Sse.MoveHighToLow(cd, ab);
            c = Sse.MoveLowToHigh(abHigh, cdHigh);
            d = Sse.MoveHighToLow(cdHigh, abHigh);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            var ab = AdvSimd.Arm64.ZipLow(a, b).AsDouble();
            var cd = AdvSimd.Arm64.ZipLow(c, d).AsDouble();
            var abHigh = AdvSimd.Arm64.ZipHigh(a, b).AsDouble();
            var cdHigh = AdvSimd.Arm64.ZipHigh(c, d).AsDouble();
            a = AdvSimd.Arm64.ZipLow(ab, cd).AsSingle();
            b = AdvSimd.Arm64.ZipHigh(ab, cd).AsSingle();
            c = AdvSimd.Arm64.ZipLow(abHigh, cdHigh).AsSingle();
            d = AdvSimd.Arm64.ZipHigh(abHigh, cdHigh).AsSingle();
        }
        else
        {
            var (a0, b0, c0, d0) = (a, b, c, d);
            a = Vector128.Create(a0[0], b0[0], c0[0], d0[0]);
            b = Vector128.Create(a0[1], b0[1], c0[1], d0[1]);
            c = Vector128.Create(a0[2], b0[2], c0[2], d0[2]);
            d = Vector128.Create(a0[3], b0[3], c0[3], d0[3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> As512(V value) => Unsafe.BitCast<V, Vector512<float>>(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> As256(V value) => Unsafe.BitCast<V, Vector256<float>>(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> As128(V value) => Unsafe.BitCast<V, Vector128<float>>(value);
}
