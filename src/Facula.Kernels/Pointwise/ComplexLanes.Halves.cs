using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// The same by vectors of 256 bits, where those of 512 are pairs of them: Note [Half vectors].
internal static partial class ComplexLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Divide(Vector256<float> x, Vector256<float> y)
    {
        Vector256<float> scale = Scale(y), a = x * scale, b = y * scale, square = b * b, length = square + Exchange(square);
        Vector256<float> real = Vector256.Shuffle(b, Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6)), cross = Vector256.Shuffle(b, Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7)) * Exchange(a);
        return (real * a + Conjugate(cross)) / length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Divide(Vector256<double> x, Vector256<double> y)
    {
        Vector256<double> scale = Scale(y), a = x * scale, b = y * scale, square = b * b, length = square + Exchange(square);
        Vector256<double> real = Vector256.Shuffle(b, Vector256.Create(0L, 0, 2, 2)), cross = Vector256.Shuffle(b, Vector256.Create(1L, 1, 3, 3)) * Exchange(a);
        return (real * a + Conjugate(cross)) / length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Invert(Vector256<float> x)
    {
        Vector256<float> scale = Scale(x), a = x * scale, square = a * a, length = square + Exchange(square);
        return Conjugate(a) / length * scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Invert(Vector256<double> x)
    {
        Vector256<double> scale = Scale(x), a = x * scale, square = a * a, length = square + Exchange(square);
        return Conjugate(a) / length * scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Multiply(Vector256<double> x, Vector256<double> y)
    {
        Vector256<double> cross = Vector256.Shuffle(x, Vector256.Create(1L, 1, 3, 3)) * Exchange(y);
        return Vector256.Shuffle(x, Vector256.Create(0L, 0, 2, 2)) * y + (cross ^ Vector256.Create(-0.0, 0, -0.0, 0));
    }

    // The power of two that brings the greater part of each pair between 1 and 2, or 4 where that would be a denormal number: by the bits of its exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<float> pairs)
    {
        Vector256<float> size = Vector256.Abs(pairs);
        Vector256<int> exponent = Vector256.Max(size.AsInt32(), Exchange(size).AsInt32()) & Vector256.Create(0x7F800000);
        return Vector256.Max(Vector256.Create(0x7F000000) - exponent, Vector256.Create(0x00800000)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Scale(Vector256<double> pairs)
    {
        Vector256<double> size = Vector256.Abs(pairs);
        Vector256<long> exponent = Vector256.Max(size.AsInt64(), Exchange(size).AsInt64()) & Vector256.Create(0x7FF0000000000000);
        return Vector256.Max(Vector256.Create(0x7FE0000000000000) - exponent, Vector256.Create(0x0010000000000000)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exchange(Vector256<float> pairs) => Vector256.Shuffle(pairs, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exchange(Vector256<double> pairs) => Vector256.Shuffle(pairs, Vector256.Create(1L, 0, 3, 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Conjugate(Vector256<float> pairs) => pairs ^ Vector256.Create(0, -0f, 0, -0f, 0, -0f, 0, -0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Conjugate(Vector256<double> pairs) => pairs ^ Vector256.Create(0, -0.0, 0, -0.0);
}
