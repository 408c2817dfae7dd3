using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>
/// Between the spectrum of an even number of real values and that of the same values taken by twos as complex numbers:
/// Xₖ = ½(Zₖ + Z̄ₘ₋ₖ) − ½i·e^(−2πik/n)(Zₖ − Z̄ₘ₋ₖ), m = n/2, and back.
/// </summary>
internal static unsafe class RealSpectrum<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>The twiddles e^(−2πik/n), k ≤ n/4.</summary>
    public static void FillTwiddles(T* twiddles, int length)
    {
        for (int k = 0; k <= length / 4; k++)
            UnitRoots.Write(twiddles + 2 * k, k, length);
    }

    /// <summary>In lanes: m numbers become m + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UnpackLanes(T* z, T* result, int half, T* twiddles)
    {
        int lanes = Vector512<T>.Count;
        nint step = 2 * lanes;
        Vector512<T> re = Vector512.Load(z), im = Vector512.Load(z + lanes);
        Store(result, re + im, Vector512<T>.Zero);
        Store(result + half * step, re - im, Vector512<T>.Zero);
        Vector512<T> oneHalf = Vector512.Create(T.CreateTruncating(0.5));
        for (int k = 1; 2 * k <= half; k++)
        {
            T* low = z + k * step, high = z + (half - k) * step;
            Vector512<T> aRe = Vector512.Load(low), aIm = Vector512.Load(low + lanes), bRe = Vector512.Load(high), bIm = Vector512.Load(high + lanes);
            Vector512<T> c = Vector512.Create(twiddles[2 * k]) * oneHalf, s = Vector512.Create(twiddles[2 * k + 1]) * oneHalf;
            // E = ½(a + b̄), D = a − b̄, and −½i·w·D added or, for the mirror, subtracted and conjugated.
            Vector512<T> eRe = oneHalf * (aRe + bRe), eIm = oneHalf * (aIm - bIm), dRe = aRe - bRe, dIm = aIm + bIm;
            Vector512<T> oRe = RealLoops.Fma(c, dIm, s * dRe), oIm = RealLoops.Fma(s, dIm, -(c * dRe));
            Store(result + k * step, eRe + oRe, eIm + oIm);
            Store(result + (half - k) * step, eRe - oRe, oIm - eIm);
        }
    }

    /// <summary>In lanes: m + 1 numbers become m, twice the size; the imaginary parts of the first and the last are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackLanes(T* x, T* result, int half, T* twiddles)
    {
        int lanes = Vector512<T>.Count;
        nint step = 2 * lanes;
        Vector512<T> first = Vector512.Load(x), last = Vector512.Load(x + half * step);
        Store(result, first + last, first - last);
        for (int k = 1; 2 * k <= half; k++)
        {
            T* low = x + k * step, high = x + (half - k) * step;
            Vector512<T> aRe = Vector512.Load(low), aIm = Vector512.Load(low + lanes), bRe = Vector512.Load(high), bIm = Vector512.Load(high + lanes);
            Vector512<T> c = Vector512.Create(twiddles[2 * k]), s = -Vector512.Create(twiddles[2 * k + 1]);
            // i·w̄·(a − b̄)
            Vector512<T> eRe = aRe + bRe, eIm = aIm - bIm, dRe = aRe - bRe, dIm = aIm + bIm;
            Vector512<T> oRe = -RealLoops.Fma(c, dIm, s * dRe), oIm = RealLoops.Fma(c, dRe, -(s * dIm));
            Store(result + k * step, eRe + oRe, eIm + oIm);
            Store(result + (half - k) * step, eRe - oRe, oIm - eIm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, Vector512<T> re, Vector512<T> im)
    {
        re.Store(target);
        im.Store(target + Vector512<T>.Count);
    }

    /// <summary>One row, times a factor and conjugated on demand: z and result interleaved and apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UnpackRow(T* z, T* result, int half, T* twiddles, T scale, bool conjugate)
    {
        result[0] = (z[0] + z[1]) * scale;
        result[1] = T.Zero;
        result[2 * half] = (z[0] - z[1]) * scale;
        result[2 * half + 1] = T.Zero;
        T sign = conjugate ? -scale : scale, oneHalf = T.CreateTruncating(0.5);
        int lanes = Vector512<T>.Count, k = 1;
        Vector512<T> signs = ComplexLoops.AlternatingSigns<T>(), halves = Vector512.Create(oneHalf);
        // Interleaved factors: the outer sign of the imaginary parts, and b̄ as a change of signs.
        Vector512<T> outer = Interleave(scale, sign), mirrored = Interleave(scale, -sign);
        for (; 2 * (k + lanes / 2 - 1) < half; k += lanes / 2)
        {
            Vector512<T> a = Vector512.Load(z + 2 * k), b = Reverse(Vector512.Load(z + 2 * (half - k) - lanes + 2)), w = Vector512.Load(twiddles + 2 * k);
            b = -(b * signs);
            Vector512<T> e = halves * (a + b), d = halves * (a - b);
            // −i·w·d: (re, im) → (im, −re) after the product.
            Vector512<T> product = Product(w, d), o = -(ComplexLoops.Exchange(product) * signs);
            ((e + o) * outer).Store(result + 2 * k);
            Reverse((e - o) * mirrored).Store(result + 2 * (half - k) - lanes + 2);
        }

        for (; 2 * k <= half; k++)
        {
            T aRe = z[2 * k], aIm = z[2 * k + 1], bRe = z[2 * (half - k)], bIm = z[2 * (half - k) + 1], c = twiddles[2 * k] * oneHalf, s = twiddles[2 * k + 1] * oneHalf;
            T eRe = oneHalf * (aRe + bRe), eIm = oneHalf * (aIm - bIm), dRe = aRe - bRe, dIm = aIm + bIm;
            T oRe = c * dIm + s * dRe, oIm = s * dIm - c * dRe;
            result[2 * k] = (eRe + oRe) * scale;
            result[2 * k + 1] = (eIm + oIm) * sign;
            result[2 * (half - k)] = (eRe - oRe) * scale;
            result[2 * (half - k) + 1] = (oIm - eIm) * sign;
        }
    }

    /// <summary>One row back: m + 1 numbers to m, twice the size, conjugated before on demand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRow(T* x, T* result, int half, T* twiddles, bool conjugate)
    {
        result[0] = x[0] + x[2 * half];
        result[1] = x[0] - x[2 * half];
        T sign = conjugate ? -T.One : T.One;
        int lanes = Vector512<T>.Count, k = 1;
        Vector512<T> signs = ComplexLoops.AlternatingSigns<T>(), input = Interleave(T.One, sign), mirrored = Interleave(T.One, -sign);
        for (; 2 * (k + lanes / 2 - 1) < half; k += lanes / 2)
        {
            Vector512<T> a = Vector512.Load(x + 2 * k) * input, b = Reverse(Vector512.Load(x + 2 * (half - k) - lanes + 2)) * mirrored;
            Vector512<T> w = -(Vector512.Load(twiddles + 2 * k) * signs);
            Vector512<T> e = a + b, o = ComplexLoops.Exchange(Product(w, a - b)) * signs;
            (e + o).Store(result + 2 * k);
            Reverse(-((e - o) * signs)).Store(result + 2 * (half - k) - lanes + 2);
        }

        for (; 2 * k <= half; k++)
        {
            T aRe = x[2 * k], aIm = x[2 * k + 1] * sign, bRe = x[2 * (half - k)], bIm = x[2 * (half - k) + 1] * sign, c = twiddles[2 * k], s = -twiddles[2 * k + 1];
            T eRe = aRe + bRe, eIm = aIm - bIm, dRe = aRe - bRe, dIm = aIm + bIm;
            T oRe = -(c * dIm + s * dRe), oIm = c * dRe - s * dIm;
            result[2 * k] = eRe + oRe;
            result[2 * k + 1] = eIm + oIm;
            result[2 * (half - k)] = eRe - oRe;
            result[2 * (half - k) + 1] = oIm - eIm;
        }
    }

    /// <summary>The second half of a spectrum of that many numbers: number n − k is the conjugate of number k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mirror(T* spectrum, long length)
    {
        int step = Vector512<T>.Count / 2;
        Vector512<T> signs = -ComplexLoops.AlternatingSigns<T>();
        long k = 1, end = (length + 1) / 2;
        for (; k + step <= end; k += step)
            (Reverse(Vector512.Load(spectrum + 2 * k)) * signs).Store(spectrum + 2 * (length - k - step + 1));
        for (; k < end; k++)
        {
            spectrum[2 * (length - k)] = spectrum[2 * k];
            spectrum[2 * (length - k) + 1] = -spectrum[2 * k + 1];
        }
    }

    /// <summary>A row of conjugates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Conjugate(T* source, T* destination, long count)
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> signs = -ComplexLoops.AlternatingSigns<T>();
        long i = 0;
        for (; i + lanes <= 2 * count; i += lanes)
            (Vector512.Load(source + i) * signs).Store(destination + i);
        for (; i < 2 * count; i += 2)
        {
            destination[i] = source[i];
            destination[i + 1] = -source[i + 1];
        }
    }

    /// <summary>Interleaved complex product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Product(Vector512<T> left, Vector512<T> right)
    {
        Vector512<T> re = Duplicate(left, odd: false), im = Duplicate(left, odd: true) * ComplexLoops.AlternatingSigns<T>();
        return RealLoops.Fma(re, right, im * ComplexLoops.Exchange(right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Duplicate(Vector512<T> value, bool odd)
    {
        if (!Avx512F.IsSupported)
            return Vector512.Create(Duplicate(value.GetLower(), odd), Duplicate(value.GetUpper(), odd));
        if (typeof(T) == typeof(float))
        {
            return odd
                ? Vector512.Shuffle(value.AsSingle(), Vector512.Create(1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15)).As<float, T>()
                : Vector512.Shuffle(value.AsSingle(), Vector512.Create(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14)).As<float, T>();
        }

        return odd
            ? Vector512.Shuffle(value.AsDouble(), Vector512.Create(1L, 1, 3, 3, 5, 5, 7, 7)).As<double, T>()
            : Vector512.Shuffle(value.AsDouble(), Vector512.Create(0L, 0, 2, 2, 4, 4, 6, 6)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Duplicate(Vector256<T> value, bool odd)
    {
        if (typeof(T) == typeof(float))
        {
            return odd
                ? Vector256.Shuffle(value.AsSingle(), Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7)).As<float, T>()
                : Vector256.Shuffle(value.AsSingle(), Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6)).As<float, T>();
        }

        return odd
            ? Vector256.Shuffle(value.AsDouble(), Vector256.Create(1L, 1, 3, 3)).As<double, T>()
            : Vector256.Shuffle(value.AsDouble(), Vector256.Create(0L, 0, 2, 2)).As<double, T>();
    }

    /// <summary>The numbers, not their parts, in reverse order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Reverse(Vector512<T> value)
    {
        if (!Avx512F.IsSupported)
            return Vector512.Create(Reverse(value.GetUpper()), Reverse(value.GetLower()));
        if (typeof(T) == typeof(float))
            return Vector512.Shuffle(value.AsInt64(), Vector512.Create(7L, 6, 5, 4, 3, 2, 1, 0)).As<long, T>();
        return Vector512.Shuffle(value.AsDouble(), Vector512.Create(6L, 7, 4, 5, 2, 3, 0, 1)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Reverse(Vector256<T> value)
    {
        if (typeof(T) == typeof(float))
            return Vector256.Shuffle(value.AsInt64(), Vector256.Create(3L, 2, 1, 0)).As<long, T>();
        return Vector256.Create(value.GetUpper(), value.GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Interleave(T even, T odd)
    {
        T* pair = stackalloc T[Vector512<T>.Count];
        for (int i = 0; i < Vector512<T>.Count; i += 2)
        {
            pair[i] = even;
            pair[i + 1] = odd;
        }

        return Vector512.Load(pair);
    }
}
