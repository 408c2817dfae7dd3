using System.Numerics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Common divisors and multiples in lanes against those of BigInteger, with signs, zeros, the least integers and numbers beyond 32 bits.</summary>
public unsafe class DivisorLanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(77)]
    [InlineData(640)]
    public void Divisors_of_long_integers(int count)
    {
        foreach (int bits in (int[])[4, 17, 31, 40])
        {
            var random = new Random(count + bits);
            long[] x = Numbers(), y = Numbers(), divisors = new long[count], multiples = new long[count];
            fixed (long* a = x, b = y, d = divisors, m = multiples)
            {
                ZipLoop.Contiguous(default(IntegerZip<GcdKernel, long>), a, 1, b, 1, d, 1, count);
                ZipLoop.Contiguous(default(IntegerZip<LcmKernel, long>), a, 1, b, 1, m, 1, count);
                for (int i = 0; i < count; i++) Check(x[i], y[i], divisors[i], multiples[i]);
                ZipLoop.Contiguous(default(IntegerZip<GcdKernel, long>), a, 0, b, 1, d, 1, count);
                ZipLoop.Contiguous(default(IntegerZip<LcmKernel, long>), a, 0, b, 1, m, 1, count);
                for (int i = 0; i < count; i++) Check(x[0], y[i], divisors[i], multiples[i]);
            }

            long[] Numbers() => [.. Enumerable.Range(0, count).Select(i => i % 9 == 0 ? 0 : random.NextInt64(-(1L << bits), 1L << bits) * (i % 5 == 0 ? 12 : 1))];
        }

        static void Check(long x, long y, long divisor, long multiple)
        {
            BigInteger expected = BigInteger.GreatestCommonDivisor(x, y), product = expected == 0 ? 0 : BigInteger.Abs((BigInteger)x / expected * y);
            Assert.Equal((long)expected, divisor);
            if (product <= long.MaxValue) Assert.Equal((long)product, multiple);
        }
    }

    [Fact]
    public void Divisors_of_short_integers_with_the_least_one()
    {
        var random = new Random(5);
        int[] x = [.. Enumerable.Range(0, 200).Select(i => (i % 8) switch { 0 => int.MinValue, 1 => -1, 2 => int.MaxValue, _ => random.Next(-1000, 1000) })];
        int[] y = [.. Enumerable.Range(0, 200).Select(i => i % 11 == 0 ? int.MinValue : random.Next(-1000, 1000))];
        int[] divisors = new int[200], multiples = new int[200];
        fixed (int* a = x, b = y, d = divisors, m = multiples)
        {
            ZipLoop.Contiguous(default(IntegerZip<GcdKernel, int>), a, 1, b, 1, d, 1, 200);
            ZipLoop.Contiguous(default(IntegerZip<LcmKernel, int>), a, 1, b, 1, m, 1, 200);
        }
        for (int i = 0; i < 200; i++)
        {
            // What overflows wraps, as with one number.
            Assert.Equal(GcdKernel.Invoke(x[i], y[i]), divisors[i]);
            Assert.Equal(unchecked((int)(long)BigInteger.GreatestCommonDivisor(x[i], y[i])), divisors[i]);
            if (divisors[i] > 0) Assert.Equal(LcmKernel.Invoke(x[i], y[i]), multiples[i]);
        }
    }
}
