using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>complex64 numbers in vectors: eight pairs of parts, or the parts of eight or sixteen apart.</summary>
internal static partial class ComplexLanes
{
    /// <summary>x·y of pairs, each product rounded as PyTorch rounds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> x, Vector512<float> y)
    {
        Vector512<float> real, imaginary, turned;
        if (Avx512F.IsSupported)
        {
            real = Avx512F.DuplicateEvenIndexed(x);
            imaginary = Avx512F.DuplicateOddIndexed(x);
            turned = Avx512F.Permute4x32(y, 0b10110001);
        }
        else
        {
            Vector512<long> low = x.AsInt64() & Vector512.Create(0xFFFFFFFFL), high = x.AsInt64() >>> 32;
            real = (low | (low << 32)).AsSingle();
            imaginary = (high | (high << 32)).AsSingle();
            turned = ((y.AsInt64() << 32) | (y.AsInt64() >>> 32)).AsSingle();
        }
        return real * y + ((imaginary * turned).AsInt64() ^ Vector512.Create(0x80000000L)).AsSingle();
    }

    /// <summary>x / y of pairs, to 3 ulp of the greater part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> x, Vector512<float> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Divide(x.GetLower(), y.GetLower()), Divide(x.GetUpper(), y.GetUpper()));
        // Both by the power of two that brings the greater part of y between 1 and 2, so that nothing overflows on the way.
        Vector512<float> size = Vector512.Abs(y), scale = -Avx512F.GetExponent(Vector512.MaxNative(size, Avx512F.Permute4x32(size, 0b10110001)));
        Vector512<float> a = Avx512F.Scale(x, scale), b = Avx512F.Scale(y, scale), square = b * b, length = square + Avx512F.Permute4x32(square, 0b10110001);
        // x times the conjugate of y; each product rounded by itself, so that x / x has no imaginary part.
        Vector512<float> cross = Avx512F.DuplicateOddIndexed(b) * Avx512F.Permute4x32(a, 0b10110001);
        return (Avx512F.DuplicateEvenIndexed(b) * a + (cross.AsUInt64() ^ Vector512.Create(0x80000000_00000000UL)).AsSingle()) / length;
    }

    /// <summary>1 / x of pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invert(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Invert(x.GetLower()), Invert(x.GetUpper()));
        // By the power of two that brings the greater part between 1 and 2, before and after.
        Vector512<float> size = Vector512.Abs(x), scale = -Avx512F.GetExponent(Vector512.MaxNative(size, Avx512F.Permute4x32(size, 0b10110001)));
        Vector512<float> a = Avx512F.Scale(x, scale), square = a * a, length = square + Avx512F.Permute4x32(square, 0b10110001);
        return Avx512F.Scale((a.AsUInt64() ^ Vector512.Create(0x80000000_00000000UL)).AsSingle() / length, scale);
    }

    /// <summary>1 / x of pairs of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invert(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Invert(x.GetLower()), Invert(x.GetUpper()));
        Vector512<double> size = Vector512.Abs(x), scale = -Avx512F.GetExponent(Vector512.MaxNative(size, Avx512F.Permute2x64(size, 0b01010101)));
        Vector512<double> a = Avx512F.Scale(x, scale), square = a * a, length = square + Avx512F.Permute2x64(square, 0b01010101);
        return Avx512F.Scale((a ^ Vector512.Create(0, -0.0, 0, -0.0, 0, -0.0, 0, -0.0)) / length, scale);
    }

    /// <summary>x·y of pairs of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> x, Vector512<double> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Multiply(x.GetLower(), y.GetLower()), Multiply(x.GetUpper(), y.GetUpper()));
        Vector512<double> cross = Avx512F.Permute2x64(x, 0b11111111) * Avx512F.Permute2x64(y, 0b01010101);
        return Avx512F.DuplicateEvenIndexed(x) * y + (cross ^ Vector512.Create(-0.0, 0, -0.0, 0, -0.0, 0, -0.0, 0));
    }

    /// <summary>x / y of pairs of doubles, to 3 ulp of the greater part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> x, Vector512<double> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Divide(x.GetLower(), y.GetLower()), Divide(x.GetUpper(), y.GetUpper()));
        Vector512<double> size = Vector512.Abs(y), scale = -Avx512F.GetExponent(Vector512.MaxNative(size, Avx512F.Permute2x64(size, 0b01010101)));
        Vector512<double> a = Avx512F.Scale(x, scale), b = Avx512F.Scale(y, scale), square = b * b, length = square + Avx512F.Permute2x64(square, 0b01010101);
        Vector512<double> cross = Avx512F.Permute2x64(b, 0b11111111) * Avx512F.Permute2x64(a, 0b01010101);
        return (Avx512F.DuplicateEvenIndexed(b) * a + (cross ^ Vector512.Create(0, -0.0, 0, -0.0, 0, -0.0, 0, -0.0))) / length;
    }

    /// <summary>1/x to 28 bits, enough for floats; no number where x is zero or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Reciprocal(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512<double>.One / x;
        Vector512<double> r = Avx512F.Reciprocal14(x);
        return Vector512.FusedMultiplyAdd(r, Vector512.FusedMultiplyAdd(-x, r, Vector512<double>.One), r);
    }

    /// <summary>The real parts of eight pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Real(Vector512<float> pairs) => Avx512F.IsSupported || !Avx2.IsSupported ? Low(pairs.AsInt64())
        : Avx2.Permute4x64(Avx.Shuffle(pairs.GetLower(), pairs.GetUpper(), 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle();

    /// <summary>The imaginary parts of eight pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Imaginary(Vector512<float> pairs) => Avx512F.IsSupported || !Avx2.IsSupported ? Low(pairs.AsInt64() >>> 32)
        : Avx2.Permute4x64(Avx.Shuffle(pairs.GetLower(), pairs.GetUpper(), 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Low(Vector512<long> pairs) =>
        (Avx512F.IsSupported ? Avx512F.ConvertToVector256Int32(pairs) : NarrowLanes.Narrow(pairs, pairs).GetLower()).AsSingle();

    /// <summary>Pairs of the parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Join(Vector256<float> real, Vector256<float> imaginary)
    {
        if (Avx512F.IsSupported || !Avx2.IsSupported) return (Wide(real.AsUInt32()) | (Wide(imaginary.AsUInt32()) << 32)).AsSingle();
        Vector256<float> low = Avx.UnpackLow(real, imaginary), high = Avx.UnpackHigh(real, imaginary);
        return Vector512.Create(Avx.Permute2x128(low, high, 0x20), Avx.Permute2x128(low, high, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Wide(Vector256<uint> x) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt64(x) : Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Widen(Vector256<float> x) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(x) : Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Narrow(Vector512<double> x) => Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(x) : NarrowLanes.Narrow(x, x).GetLower();
}
