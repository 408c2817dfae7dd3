using System.Numerics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>complex64 arithmetic in vectors against complex128, number by number; and float16 and bfloat16 by way of float.</summary>
public unsafe class ComplexLanesTests
{
    [Fact]
    public void FunctionsOfTwoAreThoseOfComplex128()
    {
        Pairs<AddKernel>((x, y) => x + y, 1e-7);
        Pairs<SubKernel>((x, y) => x - y, 1e-7);
        Pairs<MulKernel>((x, y) => x * y, 3e-7);
        Pairs<DivKernel>((x, y) => x / y, 4e-7);
    }

    [Fact]
    public void WideFunctionsAreThoseOfOneNumber()
    {
        if (!WidePairsZip<AddKernel>.IsSupported) return;
        Wide<AddKernel>((x, y) => x + y);
        Wide<SubKernel>((x, y) => x - y);
        Wide<MulKernel>((x, y) => x * y);
        Wide<DivKernel>((x, y) => x / y);
        Complex[] numbers = WideNumbers(37, 500);
        var sizes = new double[37];
        fixed (Complex* s = numbers)
        fixed (double* d = sizes)
            MapLoop.Contiguous(default(WideRealOfPartsMap<MagnitudeOfParts>), s, 1, d, 1, 37);
        for (int i = 0; i < 37; i++) Assert.Equal(double.Hypot(numbers[i].Real, numbers[i].Imaginary), sizes[i], sizes[i] * 4e-16);
    }

    private static void Wide<TKernel>(Func<Complex, Complex, Complex> exact) where TKernel : IPairBinary
    {
        foreach (int count in (int[])[3, 8, 37])
        {
            Complex[] left = WideNumbers(count, 200), right = WideNumbers(count, 201), result = new Complex[count];
            fixed (Complex* x = left, y = right, d = result)
            {
                ZipLoop.Contiguous(default(WidePairsZip<TKernel>), x, 1, y, 1, d, 1, count);
                for (int i = 0; i < count; i++) Near(exact(left[i], right[i]), result[i]);
                ZipLoop.Contiguous(default(WidePairsZip<TKernel>), x, 0, y, 1, d, 1, count);
                for (int i = 0; i < count; i++) Near(exact(left[0], right[i]), result[i]);
                ZipLoop.Contiguous(default(WidePairsZip<TKernel>), x, 2, y, 1, d, 1, count / 2);
                for (int i = 0; i < count / 2; i++) Near(exact(left[2 * i], right[i]), result[i]);
            }
        }

        static void Near(Complex expected, Complex actual) => Assert.True(Complex.Abs(expected - actual) <= 2e-15 * Complex.Abs(expected), $"{actual}, expected {expected}");
    }

    private static Complex[] WideNumbers(int count, double range)
    {
        var random = new Random((int)range);
        return [.. Enumerable.Range(0, count).Select(_ => new Complex(Part(), Part()))];
        double Part() => (random.Next(2) * 2 - 1) * Math.Pow(2, (random.NextDouble() * 2 - 1) * range);
    }

    [Fact]
    public void FunctionsOfOneAreThoseOfComplex128()
    {
        Parts<NegKernel>(x => -x, 0);
        Parts<SquareKernel>(x => x * x, 3e-7);
        Parts<ReciprocalKernel>(x => 1 / x, 2e-7);
        Parts<SgnMap>(ComplexMath.Sgn, 2e-7);
        Parts<LogKernel>(ComplexMath.Log, 3e-7);
        Parts<ExpKernel>(x => Complex.Exp(x), 4e-7, limit: 80);
        Parts<SigmoidKernel>(x => 1 / (1 + Complex.Exp(-x)), 6e-7, limit: 80);
    }

    [Fact]
    public void ConjugatesChangeOneSign()
    {
        Complex64[] numbers = Numbers(37, 20), results = new Complex64[37];
        fixed (Complex64* s = numbers, d = results) MapLoop.Contiguous(default(ConjBits), (long*)s, 1, (long*)d, 1, 37);
        Assert.Equal(numbers.Select(Complex64.Conjugate), results);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(37)]
    public void ReciprocalsOfPairsAreThoseOfComplex128(int count)
    {
        if (!PairsReciprocal.IsSupported) return;
        Complex[] wide = WideNumbers(count, 500), results = new Complex[count];
        Complex64[] numbers = Numbers(count, 100), narrow = new Complex64[count];
        fixed (Complex* s = wide, d = results) MapLoop.Contiguous(default(WidePairsReciprocal), s, 1, d, 1, count);
        fixed (Complex64* s = numbers, d = narrow) MapLoop.Contiguous(default(PairsReciprocal), (long*)s, 1, (long*)d, 1, count);
        for (int i = 0; i < count; i++)
        {
            Complex expected = 1 / wide[i], single = 1 / (Complex)numbers[i];
            Assert.True(Complex.Abs(expected - results[i]) <= 5e-16 * Complex.Abs(expected), $"{results[i]}, expected {expected}");
            Assert.True(Complex.Abs(single - (Complex)narrow[i]) <= 2e-7 * Complex.Abs(single), $"{narrow[i]}, expected {single}");
        }
    }

    [Fact]
    public void RealFunctionsAreThoseOfComplex128()
    {
        Complex64[] numbers = Numbers(101, 20);
        var results = new float[101];
        fixed (Complex64* s = numbers)
        fixed (float* d = results)
        {
            MapLoop.Contiguous(default(RealOfPartsMap<MagnitudeOfParts>), s, 1, d, 1, 101);
            for (int i = 0; i < 101; i++) Assert.Equal(Complex.Abs(numbers[i]), d[i], Complex.Abs(numbers[i]) * 1.2e-7);
            MapLoop.Contiguous(default(RealOfPartsMap<PhaseOfParts>), s, 1, d, 1, 101);
            for (int i = 0; i < 101; i++) Assert.Equal(((Complex)numbers[i]).Phase, d[i], 5e-7);
        }
        foreach ((float x, float y, float size) in ((float, float, float)[])[(3, 4, 5), (0, 0, 0), (3e30f, 4e30f, 5e30f), (3e-30f, -4e-30f, 5e-30f), (float.NegativeInfinity, float.NaN, float.PositiveInfinity), (1, float.NaN, float.NaN)])
            Assert.Equal(size, default(RealOfPartsMap<MagnitudeOfParts>).Invoke(new Complex64(x, y)));
    }

    [Fact]
    public void DivisionNeitherOverflowsNorDividesByZeroSilently()
    {
        Assert.Equal(new Complex64(0.5f, -0.5f), Divide(new(3e38f, 0), new(3e38f, 3e38f)));
        Assert.Equal(new Complex64(1, 0), Divide(new(1e-40f, 1e-40f), new(1e-40f, 1e-40f)));
        Assert.True(Complex64.IsNaN(Divide(new(1, 1), new(0, 0))));

        static Complex64 Divide(Complex64 x, Complex64 y)
        {
            long quotient = default(PairsZip<DivKernel>).Invoke(*(long*)&x, *(long*)&y);
            return *(Complex64*)&quotient;
        }
    }

    [Fact]
    public void EqualityIsThatOfBothParts()
    {
        Complex64[] left = [new(1, 2), new(1, 2), new(0, 0), new(float.NaN, 1)], right = [new(1, 2), new(1, 3), new(-0f, 0), new(float.NaN, 1)];
        for (int i = 0; i < 4; i++)
        {
            fixed (Complex64* x = &left[i], y = &right[i])
            {
                Assert.Equal(i is 0 or 2, default(PairsEqual).Invoke(*(long*)x, *(long*)y));
                Assert.Equal(i is 1 or 3, default(PairsDiffer).Invoke(*(long*)x, *(long*)y));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(529)]
    [InlineData(40003)]
    public void NarrowNumbersAreComputedAsFloats(int count)
    {
        var random = new Random(3);
        BFloat16[] x = [.. Enumerable.Range(0, count).Select(_ => (BFloat16)(random.NextSingle() * 4 - 2))], y = [.. x.Reverse()], result = new BFloat16[count];
        Half[] halves = [.. x.Select(v => (Half)(float)v)], halfResult = new Half[count];
        var answers = new bool[count];
        fixed (BFloat16* a = x, b = y, d = result)
        fixed (Half* h = halves, hd = halfResult)
        fixed (bool* m = answers)
        {
            NarrowLoop.Zip<FloatZip<DivKernel>, float, float>(default, a, 0, b, 0, d, count, isBrain: true, PointwiseGrain.Light);
            for (int i = 0; i < count; i++) Assert.Equal((BFloat16)((float)x[i] / (float)y[i]), result[i]);
            NarrowLoop.Zip<FloatZip<DivKernel>, float, float>(default, null, 3, b, 0, d, count, isBrain: true, PointwiseGrain.Light);
            for (int i = 0; i < count; i++) Assert.Equal((BFloat16)(3 / (float)y[i]), result[i]);
            NarrowLoop.Zip<CompareZip<LtKernel, float>, float, bool>(default, a, 0, null, 0.5f, m, count, isBrain: true, PointwiseGrain.Light);
            for (int i = 0; i < count; i++) Assert.Equal((float)x[i] < 0.5f, answers[i]);
            NarrowLoop.Map<FloatMap<SqrtKernel>, float, float>(default, h, hd, count, isBrain: false, PointwiseGrain.Light);
            for (int i = 0; i < count; i++) Assert.Equal((Half)MathF.Sqrt((float)halves[i]), halfResult[i]);
        }
    }

    private static void Pairs<TKernel>(Func<Complex, Complex, Complex> exact, double tolerance) where TKernel : IPairBinary
    {
        foreach (int count in (int[])[3, 8, 37])
            foreach (double range in (double[])[1, 30])
            {
                Complex64[] left = Numbers(count, range), right = Numbers(count, range + 1), result = new Complex64[count];
                fixed (Complex64* x = left, y = right, d = result)
                {
                    ZipLoop.Contiguous(default(PairsZip<TKernel>), (long*)x, 1, (long*)y, 1, (long*)d, 1, count);
                    for (int i = 0; i < count; i++) Near(exact(left[i], right[i]), result[i], tolerance);
                    ZipLoop.Contiguous(default(PairsZip<TKernel>), (long*)x, 1, (long*)y, 0, (long*)d, 1, count);
                    for (int i = 0; i < count; i++) Near(exact(left[i], right[0]), result[i], tolerance);
                }
            }
    }

    private static void Parts<TKernel>(Func<Complex, Complex> exact, double tolerance, double limit = 1e30) where TKernel : IPartsUnary
    {
        foreach (int count in (int[])[3, 16, 37])
        {
            Complex64[] source = [.. Numbers(count, 10).Select(z => Complex.Abs(z) < limit ? z : new Complex64(0.25f, -0.75f))], result = new Complex64[count];
            fixed (Complex64* s = source, d = result)
            {
                MapLoop.Contiguous(default(PartsMap<TKernel>), s, 1, d, 1, count);
                for (int i = 0; i < count; i++) Near(exact(source[i]), result[i], tolerance);
                MapLoop.Contiguous(default(PartsMap<TKernel>), s, 2, d, 1, count / 2);
                for (int i = 0; i < count / 2; i++) Near(exact(source[2 * i]), result[i], tolerance);
            }
        }
    }

    private static void Near(Complex expected, Complex64 actual, double tolerance) =>
        Assert.True(Complex.Abs(expected - actual) <= tolerance * Complex.Abs(expected) + 1e-38, $"{actual}, expected {expected}");

    // Of sizes between 2 to the minus range and 2 to the range; the first are real and imaginary.
    private static Complex64[] Numbers(int count, double range)
    {
        var random = new Random((int)range);
        return [.. Enumerable.Range(0, count).Select(i => i == 0 ? new Complex64(2, 0) : i == 1 ? new Complex64(0, -3) : new Complex64(Part(), Part()))];
        float Part() => (float)((random.Next(2) * 2 - 1) * Math.Pow(2, (random.NextDouble() * 2 - 1) * range));
    }
}
