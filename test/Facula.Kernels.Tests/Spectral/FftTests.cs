using System.Numerics;

namespace Facula.Kernels.Tests.Spectral;

public abstract unsafe class FftTests<T> where T : unmanaged, INumberBase<T>
{
    private static double Epsilon => typeof(T) == typeof(float) ? 1.2e-7 : 2.2e-16;

    private static Complex[] Random(long count, int seed)
    {
        var random = new Random(seed);
        var result = new Complex[count];
        for (long i = 0; i < count; i++)
            result[i] = new Complex(double.CreateTruncating(T.CreateTruncating(random.NextDouble() * 2 - 1)), double.CreateTruncating(T.CreateTruncating(random.NextDouble() * 2 - 1)));
        return result;
    }

    private static T[] Pack(Complex[] values)
    {
        var result = GC.AllocateArray<T>(2 * values.Length, pinned: true);
        for (int i = 0; i < values.Length; i++)
        {
            result[2 * i] = T.CreateTruncating(values[i].Real);
            result[2 * i + 1] = T.CreateTruncating(values[i].Imaginary);
        }

        return result;
    }

    private static Complex[] Unpack(T[] values)
    {
        var result = new Complex[values.Length / 2];
        for (int i = 0; i < result.Length; i++)
            result[i] = new Complex(double.CreateTruncating(values[2 * i]), double.CreateTruncating(values[2 * i + 1]));
        return result;
    }

    /// <summary>Of a long sequence some numbers are enough: the ends and some fifty others.</summary>
    private static bool IsChecked(int k, int length) => length <= 64 || k < 3 || k > length - 3 || k % (length / 50) == 0;

    /// <summary>The sum itself, with exact angles.</summary>
    private static Complex[] Reference(Complex[] x, int length, bool inverse)
    {
        var roots = new Complex[length];
        for (int k = 0; k < length; k++)
        {
            // Of the two equal angles the smaller one is rounded less.
            double angle = 2.0 * (2 * k > length ? k - length : k) / length;
            roots[k] = new Complex(double.CosPi(angle), (inverse ? 1 : -1) * double.SinPi(angle));
        }

        var result = new Complex[length];
        for (int k = 0; k < length; k++)
        {
            if (!IsChecked(k, length))
                continue;
            for (int j = 0; j < Math.Min(length, x.Length); j++)
                result[k] += x[j] * roots[(int)((long)j * k % length)];
        }

        return result;
    }

    private static Complex[] Sequence(Complex[] array, long outer, long inner, long length, long o, long i)
    {
        var result = new Complex[length];
        for (long k = 0; k < length; k++)
            result[k] = array[(o * length + k) * inner + i];
        return result;
    }

    private static void Near(Complex[] expected, Complex[] actual, string what)
    {
        double error = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == 0 && expected.Length > 20)
                continue;
            error += Math.Pow(Complex.Abs(expected[i] - actual[i]), 2);
            size += Math.Pow(Complex.Abs(expected[i]), 2);
        }

        Assert.Equal(expected.Length, actual.Length);
        Assert.True(Math.Sqrt(error) <= (8 + 0.2 * Math.Sqrt(expected.Length)) * Epsilon * Math.Sqrt(size) + 1e-300, $"{what}: {Math.Sqrt(error / size) / Epsilon:F2} epsilons");
    }

    private static void CheckComplex(int length, int outer, int inner, int sourceLength, bool inverse)
    {
        var x = Random((long)outer * sourceLength * inner, length);
        var source = Pack(x);
        var destination = GC.AllocateArray<T>(2 * outer * length * inner, pinned: true);
        fixed (T* from = source, to = destination)
            Fft.Complex(from, to, outer, length, inner, inverse, 0.5, sourceLength);
        var y = Unpack(destination);
        for (int o = 0; o < outer; o += Math.Max(1, outer / 3))
        {
            for (int i = 0; i < inner; i += Math.Max(1, inner / 3))
            {
                var expected = Reference(Sequence(x, outer, inner, sourceLength, o, i), length, inverse);
                for (int k = 0; k < length; k++)
                    expected[k] *= 0.5;
                Near(expected, Sequence(y, outer, inner, length, o, i), $"complex {length} from {sourceLength} at ({o}, {i}) of ({outer}, {inner}), inverse {inverse}");
            }
        }
    }

    private static void CheckReal(int length, int outer, int inner, int sourceLength, bool conjugate)
    {
        var x = Random((long)outer * sourceLength * inner, length + 1);
        var source = GC.AllocateArray<T>(x.Length, pinned: true);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = x[i].Real;
            source[i] = T.CreateTruncating(x[i].Real);
        }

        int half = length / 2 + 1;
        var destination = GC.AllocateArray<T>(2 * outer * half * inner, pinned: true);
        fixed (T* from = source, to = destination)
            Fft.Real(from, to, outer, length, inner, conjugate, 2, sourceLength);
        var y = Unpack(destination);
        for (int o = 0; o < outer; o += Math.Max(1, outer / 3))
        {
            for (int i = 0; i < inner; i += Math.Max(1, inner / 3))
            {
                var expected = Reference(Sequence(x, outer, inner, sourceLength, o, i), length, conjugate)[..half];
                for (int k = 0; k < half; k++)
                    expected[k] *= 2;
                Near(expected, Sequence(y, outer, inner, half, o, i), $"real {length} from {sourceLength} at ({o}, {i}) of ({outer}, {inner}), conjugate {conjugate}");
            }
        }
    }

    private static void CheckRealInverse(int length, int outer, int inner, int sourceLength, bool conjugate)
    {
        var x = Random((long)outer * sourceLength * inner, length + 2);
        var source = Pack(x);
        var destination = GC.AllocateArray<T>(outer * length * inner, pinned: true);
        fixed (T* from = source, to = destination)
            Fft.RealInverse(from, to, outer, length, inner, conjugate, 0.25, sourceLength);
        for (int o = 0; o < outer; o += Math.Max(1, outer / 3))
        {
            for (int i = 0; i < inner; i += Math.Max(1, inner / 3))
            {
                var given = Sequence(x, outer, inner, sourceLength, o, i);
                var full = new Complex[length];
                for (int k = 0; k <= length / 2; k++)
                {
                    Complex value = k < sourceLength ? given[k] : 0;
                    if (k == 0 || 2 * k == length)
                        value = value.Real;
                    full[k] = value;
                    full[(length - k) % length] = Complex.Conjugate(value);
                }

                var expected = Reference(full, length, !conjugate);
                var actual = new Complex[length];
                for (int k = 0; k < length; k++)
                {
                    expected[k] *= 0.25;
                    actual[k] = double.CreateTruncating(destination[(o * length + k) * inner + i]);
                }

                Near(expected, actual, $"inverse real {length} from {sourceLength} at ({o}, {i}) of ({outer}, {inner}), conjugate {conjugate}");
            }
        }
    }

    public static TheoryData<int> Lengths
    {
        get
        {
            var lengths = new TheoryData<int>();
            for (int n = 1; n <= 40; n++)
                lengths.Add(n);
            foreach (int n in new[] { 48, 49, 60, 64, 77, 81, 96, 97, 100, 121, 125, 127, 128, 130, 144, 169, 211, 243, 250, 256, 289, 343, 360, 400, 500, 512, 625, 640, 729, 768, 961, 999, 1000, 1009, 1024, 1200, 1331 })
                lengths.Add(n);
            return lengths;
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Every_length_in_every_layout(int length)
    {
        foreach ((int outer, int inner) in new[] { (1, 1), (3, 1), (17, 1), (1, 5), (2, 16), (1, 19), (20, 3), (9, 2), (5, 4), (3, 8) })
        {
            if (length > 300 && outer * inner > 20)
                continue;
            CheckComplex(length, outer, inner, length, inverse: false);
            CheckComplex(length, outer, inner, length, inverse: true);
            CheckReal(length, outer, inner, length, conjugate: outer == 3);
            CheckRealInverse(length, outer, inner, length / 2 + 1, conjugate: outer == 3);
        }
    }

    [Theory]
    [InlineData(8, 5), InlineData(8, 11), InlineData(9, 4), InlineData(64, 33), InlineData(100, 99), InlineData(512, 100), InlineData(1024, 1025), InlineData(7, 1)]
    public void Input_is_filled_with_zeros_or_cut(int length, int sourceLength)
    {
        foreach ((int outer, int inner) in new[] { (1, 1), (20, 1), (2, 18), (5, 3) })
        {
            CheckComplex(length, outer, inner, sourceLength, inverse: false);
            CheckReal(length, outer, inner, sourceLength, conjugate: false);
            CheckRealInverse(length, outer, inner, sourceLength, conjugate: false);
        }
    }

    [Theory]
    [InlineData(1 << 14), InlineData(15000), InlineData(1 << 17), InlineData(100003)]
    public void Long_rows_come_back(int length)
    {
        var x = Random(length, 9);
        var data = Pack(x);
        fixed (T* pointer = data)
        {
            Fft.Complex(pointer, pointer, 1, length, 1, false, 1, length);
            // One number of the spectrum by the sum itself.
            Complex expected = 0;
            for (long j = 0; j < length; j++)
                expected += x[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (j * 1234L % length) / length);
            Assert.True(Complex.Abs(expected - Unpack(data)[1234]) <= 1000 * Epsilon * Math.Sqrt(length));
            Fft.Complex(pointer, pointer, 1, length, 1, true, 1.0 / length, length);
        }

        Near(x, Unpack(data), "there and back");
    }

    [Fact]
    public void Results_do_not_depend_on_the_threads()
    {
        var x = Pack(Random(64 * 1000, 4));
        var first = new T[x.Length];
        var second = new T[x.Length];
        int threads = WorkerPool.Threads;
        fixed (T* from = x, one = first, two = second)
        {
            WorkerPool.Threads = 1;
            Fft.Complex(from, one, 64, 1000, 1, false, 1, 1000);
            WorkerPool.Threads = 3;
            Fft.Complex(from, two, 64, 1000, 1, false, 1, 1000);
            WorkerPool.Threads = threads;
        }

        Assert.Equal(first, second);
    }

    [Fact]
    public void A_NaN_stays_in_its_row()
    {
        var x = Pack(Random(18 * 12, 4));
        x[2 * 12 * 5] = T.CreateTruncating(double.NaN);
        fixed (T* pointer = x)
            Fft.Complex(pointer, pointer, 18, 12, 1, false, 1, 12);
        for (int i = 0; i < x.Length; i += 2)
            Assert.Equal(i / 24 == 5, T.IsNaN(x[i]));
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 1), InlineData(5, 1), InlineData(8, 1), InlineData(41, 1), InlineData(70, 1), InlineData(5, 3), InlineData(6, 20)]
    public void Spectra_are_completed(int length, int inner)
    {
        int present = length / 2 + 1;
        var half = Pack(Random(2 * present * inner, 4));
        var spectrum = new T[2 * 2 * length * inner];
        fixed (T* from = half, to = spectrum)
            Fft.FillHermitian(from, to, 2, length, inner);
        Complex[] values = Unpack(half), whole = Unpack(spectrum);
        for (int o = 0; o < 2; o++)
            for (int k = 0; k < length; k++)
                for (int i = 0; i < inner; i++)
                    Assert.Equal(k < present ? values[(o * present + k) * inner + i] : Complex.Conjugate(values[(o * present + length - k) * inner + i]), whole[(o * length + k) * inner + i]);
    }
}

public sealed class FftSingleTests : FftTests<float>;
public sealed class FftDoubleTests : FftTests<double>;
