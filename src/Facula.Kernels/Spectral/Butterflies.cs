using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>One pass of Stockham's algorithm: radix r, <see cref="Blocks"/> values of the twiddle index, <see cref="Run"/> numbers that share it.</summary>
internal unsafe struct FftStage<T> where T : unmanaged
{
    public int Radix;
    public nint Blocks, Run;
    /// <summary>r − 1 complex numbers for each block.</summary>
    public T* Twiddles;
    /// <summary>Cosines and sines of the butterfly itself, for odd radices from 7 on.</summary>
    public T* Roots;
}

/// <summary>
/// The passes of a Fourier transform on whole vectors: number i is a vector of real and one of imaginary parts, so that as many transforms
/// as a vector has lanes run side by side and nothing is ever shuffled.
/// </summary>
internal static unsafe partial class Butterflies<T> where T : unmanaged, INumberBase<T>
{
    private static nint Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * Vector512<T>.Count;
    }

    private static nint Half
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Constant(double value) => Vector512.Create(T.CreateTruncating(value));

    /// <summary>Reads number i at x + i·xStep with its imaginary part xImaginary further on; writes the packed form to y.</summary>
    public static void Pass(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        if (!Avx512F.IsSupported)
        {
            HalfVectors.Pass(stage, x, xStep, xImaginary, y);
            HalfVectors.Pass(stage, x + Half / 2, xStep, xImaginary, y + Half / 2);
            return;
        }
        switch (stage.Radix)
        {
            case 2: Radix2(stage, x, xStep, xImaginary, y); break;
            case 3: Radix3(stage, x, xStep, xImaginary, y); break;
            case 4: Radix4(stage, x, xStep, xImaginary, y); break;
            case 5: Radix5(stage, x, xStep, xImaginary, y); break;
            case 8: Radix8(stage, x, xStep, xImaginary, y); break;
            default: RadixOdd(stage, x, xStep, xImaginary, y); break;
        }
    }

    /// <summary>Writes number times twiddle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, T* twiddle, Vector512<T> re, Vector512<T> im)
    {
        Vector512<T> c = Vector512.Create(twiddle[0]), s = Vector512.Create(twiddle[1]);
        Fma(c, re, -(s * im)).Store(y);
        Fma(c, im, s * re).Store(y + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, Vector512<T> re, Vector512<T> im)
    {
        re.Store(y);
        im.Store(y + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix2(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 2)
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary);
                Vector512<T> re1 = Vector512.Load(x + other), im1 = Vector512.Load(x + other + xImaginary);
                Write(y, re0 + re1, im0 + im1);
                Write(y + yStep, twiddle, re0 - re1, im0 - im1);
            }

            y += yStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix3(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        Vector512<T> minusHalf = Constant(-0.5), sine = Constant(0.86602540378443864676);
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 4)
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary);
                Vector512<T> re1 = Vector512.Load(x + other), im1 = Vector512.Load(x + other + xImaginary);
                Vector512<T> re2 = Vector512.Load(x + 2 * other), im2 = Vector512.Load(x + 2 * other + xImaginary);
                Vector512<T> reSum = re1 + re2, imSum = im1 + im2;
                Vector512<T> reTurn = sine * (im1 - im2), imTurn = sine * (re2 - re1);
                Vector512<T> re = Fma(minusHalf, reSum, re0), im = Fma(minusHalf, imSum, im0);
                Write(y, re0 + reSum, im0 + imSum);
                Write(y + yStep, twiddle, re + reTurn, im + imTurn);
                Write(y + 2 * yStep, twiddle + 2, re - reTurn, im - imTurn);
            }

            y += 2 * yStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix4(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 6)
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary);
                Vector512<T> re1 = Vector512.Load(x + other), im1 = Vector512.Load(x + other + xImaginary);
                Vector512<T> re2 = Vector512.Load(x + 2 * other), im2 = Vector512.Load(x + 2 * other + xImaginary);
                Vector512<T> re3 = Vector512.Load(x + 3 * other), im3 = Vector512.Load(x + 3 * other + xImaginary);
                Vector512<T> evenRe = re0 + re2, evenIm = im0 + im2, oddRe = re1 + re3, oddIm = im1 + im3;
                Vector512<T> evenRe2 = re0 - re2, evenIm2 = im0 - im2;
                // −i·(x₁ − x₃)
                Vector512<T> oddRe2 = im1 - im3, oddIm2 = re3 - re1;
                Write(y, evenRe + oddRe, evenIm + oddIm);
                if (p == 0)
                {
                    Write(y + yStep, evenRe2 + oddRe2, evenIm2 + oddIm2);
                    Write(y + 2 * yStep, evenRe - oddRe, evenIm - oddIm);
                    Write(y + 3 * yStep, evenRe2 - oddRe2, evenIm2 - oddIm2);
                }
                else
                {
                    Write(y + yStep, twiddle, evenRe2 + oddRe2, evenIm2 + oddIm2);
                    Write(y + 2 * yStep, twiddle + 2, evenRe - oddRe, evenIm - oddIm);
                    Write(y + 3 * yStep, twiddle + 4, evenRe2 - oddRe2, evenIm2 - oddIm2);
                }
            }

            y += 3 * yStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix5(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        Vector512<T> cos1 = Constant(0.30901699437494742410), cos2 = Constant(-0.80901699437494742410);
        Vector512<T> sin1 = Constant(0.95105651629515357212), sin2 = Constant(0.58778525229247312917);
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 8)
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary);
                Vector512<T> re1 = Vector512.Load(x + other), im1 = Vector512.Load(x + other + xImaginary);
                Vector512<T> re2 = Vector512.Load(x + 2 * other), im2 = Vector512.Load(x + 2 * other + xImaginary);
                Vector512<T> re3 = Vector512.Load(x + 3 * other), im3 = Vector512.Load(x + 3 * other + xImaginary);
                Vector512<T> re4 = Vector512.Load(x + 4 * other), im4 = Vector512.Load(x + 4 * other + xImaginary);
                Vector512<T> sumRe1 = re1 + re4, sumIm1 = im1 + im4, sumRe2 = re2 + re3, sumIm2 = im2 + im3;
                Vector512<T> difRe1 = re1 - re4, difIm1 = im1 - im4, difRe2 = re2 - re3, difIm2 = im2 - im3;
                Write(y, re0 + (sumRe1 + sumRe2), im0 + (sumIm1 + sumIm2));
                Vector512<T> aRe = Fma(cos1, sumRe1, Fma(cos2, sumRe2, re0)), aIm = Fma(cos1, sumIm1, Fma(cos2, sumIm2, im0));
                Vector512<T> bRe = Fma(sin1, difIm1, sin2 * difIm2), bIm = -Fma(sin1, difRe1, sin2 * difRe2);
                Write(y + yStep, twiddle, aRe + bRe, aIm + bIm);
                Write(y + 4 * yStep, twiddle + 6, aRe - bRe, aIm - bIm);
                aRe = Fma(cos2, sumRe1, Fma(cos1, sumRe2, re0));
                aIm = Fma(cos2, sumIm1, Fma(cos1, sumIm2, im0));
                bRe = Fma(sin2, difIm1, -(sin1 * difIm2));
                bIm = Fma(sin1, difRe2, -(sin2 * difRe1));
                Write(y + 2 * yStep, twiddle + 2, aRe + bRe, aIm + bIm);
                Write(y + 3 * yStep, twiddle + 4, aRe - bRe, aIm - bIm);
            }

            y += 4 * yStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix8(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        Vector512<T> root = Constant(0.70710678118654752440);
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 14)
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                T* x4 = x + 4 * other;
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary);
                Vector512<T> re4 = Vector512.Load(x4), im4 = Vector512.Load(x4 + xImaginary);
                Vector512<T> re2 = Vector512.Load(x + 2 * other), im2 = Vector512.Load(x + 2 * other + xImaginary);
                Vector512<T> re6 = Vector512.Load(x4 + 2 * other), im6 = Vector512.Load(x4 + 2 * other + xImaginary);
                // The even numbers as a radix-4 butterfly, then the odd ones.
                Vector512<T> aRe = re0 + re4, aIm = im0 + im4, bRe = re0 - re4, bIm = im0 - im4;
                Vector512<T> cRe = re2 + re6, cIm = im2 + im6, dRe = im2 - im6, dIm = re6 - re2;
                Vector512<T> e0Re = aRe + cRe, e0Im = aIm + cIm, e2Re = aRe - cRe, e2Im = aIm - cIm;
                Vector512<T> e1Re = bRe + dRe, e1Im = bIm + dIm, e3Re = bRe - dRe, e3Im = bIm - dIm;

                re0 = Vector512.Load(x + other);
                im0 = Vector512.Load(x + other + xImaginary);
                re4 = Vector512.Load(x4 + other);
                im4 = Vector512.Load(x4 + other + xImaginary);
                re2 = Vector512.Load(x + 3 * other);
                im2 = Vector512.Load(x + 3 * other + xImaginary);
                re6 = Vector512.Load(x4 + 3 * other);
                im6 = Vector512.Load(x4 + 3 * other + xImaginary);
                aRe = re0 + re4;
                aIm = im0 + im4;
                bRe = re0 - re4;
                bIm = im0 - im4;
                cRe = re2 + re6;
                cIm = im2 + im6;
                dRe = im2 - im6;
                dIm = re6 - re2;
                Vector512<T> o0Re = aRe + cRe, o0Im = aIm + cIm;
                // −i·o₂, and o₁, o₃ turned by an eighth and three eighths.
                Vector512<T> o2Re = aIm - cIm, o2Im = cRe - aRe;
                Vector512<T> tRe = bRe + dRe, tIm = bIm + dIm, uRe = bRe - dRe, uIm = bIm - dIm;
                Vector512<T> o1Re = root * (tRe + tIm), o1Im = root * (tIm - tRe);
                Vector512<T> o3Re = root * (uIm - uRe), o3Im = -(root * (uRe + uIm));

                Write(y, e0Re + o0Re, e0Im + o0Im);
                if (p == 0)
                {
                    Write(y + yStep, e1Re + o1Re, e1Im + o1Im);
                    Write(y + 2 * yStep, e2Re + o2Re, e2Im + o2Im);
                    Write(y + 3 * yStep, e3Re + o3Re, e3Im + o3Im);
                    Write(y + 4 * yStep, e0Re - o0Re, e0Im - o0Im);
                    Write(y + 5 * yStep, e1Re - o1Re, e1Im - o1Im);
                    Write(y + 6 * yStep, e2Re - o2Re, e2Im - o2Im);
                    Write(y + 7 * yStep, e3Re - o3Re, e3Im - o3Im);
                }
                else
                {
                    Write(y + yStep, twiddle, e1Re + o1Re, e1Im + o1Im);
                    Write(y + 2 * yStep, twiddle + 2, e2Re + o2Re, e2Im + o2Im);
                    Write(y + 3 * yStep, twiddle + 4, e3Re + o3Re, e3Im + o3Im);
                    Write(y + 4 * yStep, twiddle + 6, e0Re - o0Re, e0Im - o0Im);
                    Write(y + 5 * yStep, twiddle + 8, e1Re - o1Re, e1Im - o1Im);
                    Write(y + 6 * yStep, twiddle + 10, e2Re - o2Re, e2Im - o2Im);
                    Write(y + 7 * yStep, twiddle + 12, e3Re - o3Re, e3Im - o3Im);
                }
            }

            y += 7 * yStep;
        }
    }

    /// <summary>Any odd radix, by sums over the pairs j, r − j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RadixOdd(in FftStage<T> stage, T* x, nint xStep, nint xImaginary, T* y)
    {
        int radix = stage.Radix, half = radix / 2;
        nint run = stage.Run, other = run * stage.Blocks * xStep, yStep = run * Step;
        T* pairs = stackalloc T[4 * half * (int)Half];
        T* twiddle = stage.Twiddles;
        for (nint p = 0; p < stage.Blocks; p++, twiddle += 2 * (radix - 1))
        {
            for (nint q = run; q > 0; q--, x += xStep, y += Step)
            {
                Vector512<T> re0 = Vector512.Load(x), im0 = Vector512.Load(x + xImaginary), reSum = re0, imSum = im0;
                T* pair = pairs;
                for (int j = 1; j <= half; j++, pair += 4 * Half)
                {
                    T* low = x + j * other, high = x + (radix - j) * other;
                    Vector512<T> re1 = Vector512.Load(low), im1 = Vector512.Load(low + xImaginary), re2 = Vector512.Load(high), im2 = Vector512.Load(high + xImaginary);
                    Vector512<T> re = re1 + re2, im = im1 + im2;
                    re.Store(pair);
                    im.Store(pair + Half);
                    (re1 - re2).Store(pair + 2 * Half);
                    (im1 - im2).Store(pair + 3 * Half);
                    reSum += re;
                    imSum += im;
                }

                Write(y, reSum, imSum);
                // Three results at a time: their twelve sums keep both multipliers busy, and share what they load.
                T* roots = stage.Roots;
                int k = 1;
                for (; k <= half - 2; k += 3, roots += 6 * half)
                {
                    T* roots1 = roots + 2 * half, roots2 = roots1 + 2 * half;
                    Vector512<T> a0Re = re0, a0Im = im0, b0Re = default, b0Im = default, a1Re = re0, a1Im = im0, b1Re = default, b1Im = default, a2Re = re0, a2Im = im0, b2Re = default, b2Im = default;
                    pair = pairs;
                    for (int j = 0; j < 2 * half; j += 2, pair += 4 * Half)
                    {
                        Vector512<T> re = Vector512.Load(pair), im = Vector512.Load(pair + Half), reGap = Vector512.Load(pair + 2 * Half), imGap = Vector512.Load(pair + 3 * Half);
                        Vector512<T> c = Vector512.Create(roots[j]), s = Vector512.Create(roots[j + 1]);
                        a0Re = Fma(c, re, a0Re);
                        a0Im = Fma(c, im, a0Im);
                        b0Im = Fma(s, reGap, b0Im);
                        b0Re = Fma(s, imGap, b0Re);
                        c = Vector512.Create(roots1[j]);
                        s = Vector512.Create(roots1[j + 1]);
                        a1Re = Fma(c, re, a1Re);
                        a1Im = Fma(c, im, a1Im);
                        b1Im = Fma(s, reGap, b1Im);
                        b1Re = Fma(s, imGap, b1Re);
                        c = Vector512.Create(roots2[j]);
                        s = Vector512.Create(roots2[j + 1]);
                        a2Re = Fma(c, re, a2Re);
                        a2Im = Fma(c, im, a2Im);
                        b2Im = Fma(s, reGap, b2Im);
                        b2Re = Fma(s, imGap, b2Re);
                    }

                    WriteBoth(y, yStep, twiddle, k, radix, a0Re, a0Im, b0Re, b0Im);
                    WriteBoth(y, yStep, twiddle, k + 1, radix, a1Re, a1Im, b1Re, b1Im);
                    WriteBoth(y, yStep, twiddle, k + 2, radix, a2Re, a2Im, b2Re, b2Im);
                }

                for (; k <= half; k++)
                {
                    Vector512<T> aRe = re0, aIm = im0, bRe = default, bIm = default;
                    pair = pairs;
                    for (int j = 0; j < half; j++, pair += 4 * Half, roots += 2)
                    {
                        Vector512<T> c = Vector512.Create(roots[0]), s = Vector512.Create(roots[1]);
                        aRe = Fma(c, Vector512.Load(pair), aRe);
                        aIm = Fma(c, Vector512.Load(pair + Half), aIm);
                        bIm = Fma(s, Vector512.Load(pair + 2 * Half), bIm);
                        bRe = Fma(s, Vector512.Load(pair + 3 * Half), bRe);
                    }

                    WriteBoth(y, yStep, twiddle, k, radix, aRe, aIm, bRe, bIm);
                }
            }

            y += (radix - 1) * yStep;
        }
    }

    /// <summary>Results k and radix − k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBoth(T* y, nint yStep, T* twiddle, int k, int radix, Vector512<T> aRe, Vector512<T> aIm, Vector512<T> bRe, Vector512<T> bIm)
    {
        Write(y + k * yStep, twiddle + 2 * (k - 1), aRe + bRe, aIm - bIm);
        Write(y + (radix - k) * yStep, twiddle + 2 * (radix - k - 1), aRe - bRe, aIm + bIm);
    }
}
