using System.Numerics;
using System.Runtime.Intrinsics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Vector functions of doubles, and integer division, against the scalar functions.</summary>
public class WideFunctionsTests
{
    private static readonly double[] Ends =
        [0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2, -2, 2.5, 8, -8, 12, 1e-310, 1e-200, -1e-200, 1e17, 1e200, 1.7e308, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    [Theory]
    [InlineData(1, 30, 30)]
    [InlineData(0.05, 1, 3)]
    [InlineData(1e-300, 1e300, 2)]
    [InlineData(0.9, 1.1, 5000)]
    [InlineData(1e-320, 1e-300, 2)]
    public void PowersAreWithinTwoUlpsOfTheLibrary(double from, double to, double exponent)
    {
        var random = new Random(7);
        (double worst, double at, double power) = (0, 0, 0);
        for (int i = 0; i < 100000; i++)
        {
            double x = Math.Exp(Math.Log(from) + random.NextDouble() * (Math.Log(to) - Math.Log(from))), y = (random.NextDouble() - 0.5) * 2 * exponent;
            double expected = Math.Pow(x, y), actual = VectorMath.Pow(Vector512.Create(x), Vector512.Create(y))[i & 7];
            double error = expected == actual ? 0 : Math.Abs(actual - expected) / (Math.BitIncrement(expected) - expected);
            if (!(error <= worst)) (worst, at, power) = (error, x, y);
        }
        Assert.True(worst <= 2, $"{worst} ulp at {at:R} to {power:R}");
    }

    [Theory]
    [InlineData("lgamma", 0, 1e300, 2e-15)]
    [InlineData("lgamma", -50, 0, 2e-14)]
    [InlineData("digamma", 0, 1e300, 4e-15)]
    [InlineData("digamma", -50, 0, 2e-13)]
    [InlineData("i0", -700, 700, 2e-15)]
    [InlineData("i0e", -1e300, 1e300, 2e-15)]
    [InlineData("i1", -700, 700, 4e-15)]
    [InlineData("i1e", -1e300, 1e300, 4e-15)]
    [InlineData("trigamma", 0.5, 1e300, 4e-15)]
    [InlineData("trigamma", -50, 0.5, 2e-13)]
    [InlineData("polygamma2", -20, 1e100, 1e-14)]
    [InlineData("polygamma5", 0, 1e50, 1e-14)]
    [InlineData("mvlgamma", 1.5, 1e300, 4e-15)]
    [InlineData("log_ndtr", -1e150, 37, 4e-15)]
    public void FunctionsAreThoseOfOneNumber(string name, double from, double to, double limit)
    {
        var random = new Random(11);
        (double worst, double at) = (0, 0);
        for (int i = 0; i < 60000; i++)
        {
            double x = i % 2 == 0 ? (random.NextDouble() - 0.5) * 40 : (random.Next(2) * 2 - 1) * Math.Exp((random.NextDouble() - 0.5) * 60);
            if (x < from || x > to) continue;
            double expected = One(name, x), actual = Lanes(name, Vector512.Create(x))[i & 7];
            // Near a pole what the argument rounds off counts as well.
            double pole = x < 0 && x != Math.Round(x) ? Math.Abs(1 / (x - Math.Round(x))) * 1e-2 : 0;
            double error = Math.Abs(actual - expected) / (name.EndsWith("gamma", StringComparison.Ordinal) ? 1 + Math.Abs(expected) + pole : Math.Abs(expected));
            if (expected != actual && !(error <= worst)) (worst, at) = (error, x);
        }
        Assert.True(worst <= limit, $"{name}: {worst} at {at:R}");
        foreach (double x in Ends)
        {
            double expected = One(name, x), actual = Lanes(name, Vector512.Create(x))[3];
            bool same = double.IsNaN(expected) ? double.IsNaN(actual) : expected == actual || Math.Abs(expected - actual) <= 4 * limit * (1 + Math.Abs(expected));
            Assert.True(same, $"{name}({x:R}) = {actual:R}, expected {expected:R}");
        }
    }

    [Fact]
    public void NeighboursAndEntropiesAreThoseOfOneNumber()
    {
        foreach (double x in Ends)
        {
            Assert.Equal(SpecialFunctions.Entr(x), EntrKernel.Invoke(Vector512.Create(x))[2], 1e-15 * (double.IsFinite(x) ? 1 + Math.Abs(SpecialFunctions.Entr(x)) : 1));
            foreach (double y in Ends)
            {
                Assert.Equal(NextafterKernel.Invoke(x, y), NextafterKernel.Invoke(Vector512.Create(x), Vector512.Create(y))[5]);
                Assert.Equal(NextafterKernel.Invoke((float)x, (float)y), NextafterKernel.Invoke(Vector512.Create((float)x), Vector512.Create((float)y))[5]);
                double expected = Logaddexp2Kernel.Invoke(x, y), actual = Logaddexp2Kernel.Invoke(Vector512.Create(x), Vector512.Create(y))[1];
                Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-15 * Math.Max(Math.Abs(x), Math.Max(1, Math.Abs(y))), $"{actual}, expected {expected} of {x} and {y}");
            }
        }
    }

    [Fact]
    public void QuantilesAreThoseOfOneNumber()
    {
        var random = new Random(5);
        double[] ends = [0, -0.0, 1, -1, 0.5, -0.5, 0.85, 0.075, 0.925, 1e-310, 1e-300, 1e-200, 1e-12, 1 - 1e-12, 1e-17, 2, -2, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        for (int i = 0; i < 40000 + ends.Length; i++)
        {
            double p = i < ends.Length ? ends[i] : i % 3 == 0 ? Math.Exp(-600 * random.NextDouble()) : i % 3 == 1 ? random.NextDouble() : 1 - Math.Exp(-36 * random.NextDouble());
            Same(SpecialFunctions.Ndtri(p), SpecialFunctions.Ndtri(Vector512.Create(p))[i & 7], p);
            Same(SpecialFunctions.Erfinv(2 * p - 1), SpecialFunctions.Erfinv(Vector512.Create(2 * p - 1))[i & 7], p);
            Same(SpecialFunctions.Erfinv(p), SpecialFunctions.Erfinv(Vector512.Create(p))[i & 7], p);
        }

        static void Same(double expected, double actual, double at) =>
            Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 4e-15 * Math.Abs(expected), $"{actual:R}, expected {expected:R} of {at:R}");
    }

    [Fact]
    public unsafe void MantissasAndExponentsMakeTheNumber()
    {
        var random = new Random(3);
        for (int i = 0; i < 4000; i++)
        {
            double wide = i < Ends.Length ? Ends[i] : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            float single = i < Ends.Length ? (float)Ends[i] : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            double m = new MantissaMap().Invoke(wide);
            float n = new MantissaMap().Invoke(single);
            int e = new ExponentMap().Invoke(wide), f = new ExponentMap().Invoke(single);
            Assert.Equal(wide, Math.ScaleB(m, e));
            Assert.Equal(single, MathF.ScaleB(n, f));
            Assert.Equal(double.IsFinite(wide) && wide != 0, Math.Abs(m) is >= 0.5 and < 1);
            Assert.Equal(float.IsFinite(single) && single != 0, Math.Abs(n) is >= 0.5f and < 1);
            double* source = stackalloc double[8];
            int* exponents = stackalloc int[8];
            for (int j = 0; j < 8; j++) source[j] = wide;
            Assert.Equal(8, ExponentMap.Run(source, exponents, 8, false));
            Assert.Equal(e, exponents[i & 7]);
        }
    }

    [Fact]
    public unsafe void QuestionsToVectorsAreThoseToOneNumber()
    {
        float[] singles = [.. Enumerable.Range(0, 100).Select(i => (float)Ends[i % Ends.Length])];
        double[] wides = [.. Enumerable.Range(0, 100).Select(i => Ends[i % Ends.Length])];
        Ask<IsNaNTest>();
        Ask<IsInfTest>();
        Ask<IsFiniteTest>();
        Ask<IsPosInfTest>();
        Ask<IsNegInfTest>();
        Ask<SignBitTest>();

        void Ask<TTest>() where TTest : struct, IFloatTest
        {
            var answers = new bool[100];
            fixed (bool* a = answers)
            fixed (float* s = singles)
            fixed (double* w = wides)
            {
                MapLoop.Contiguous(default(FloatTestMap<TTest>), s, 1, a, 1, 100);
                Assert.Equal(singles.Select(x => TTest.Invoke(x)), answers);
                MapLoop.Contiguous(default(FloatTestMap<TTest>), w, 1, a, 1, 100);
                Assert.Equal(wides.Select(x => TTest.Invoke(x)), answers);
            }
        }
    }

    [Fact]
    public void TrigammaIsTheZetaFunction()
    {
        for (double x = 0.5; x < 100; x += 0.0371)
            Assert.Equal(1, SpecialFunctions.Trigamma(x) / SpecialFunctions.Zeta(2, x), 1e-15);
    }

    [Fact]
    public void QuotientsOfIntegersAreExact()
    {
        Quotients<long>();
        Quotients<int>();
        Quotients<short>();
        Quotients<sbyte>();
        Quotients<byte>();
    }

    private static void Quotients<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var random = new Random(13);
        for (int i = 0; i < 3000; i++)
        {
            T[] x = Numbers(), y = Numbers();
            for (int j = 0; j < y.Length; j++)
                if (y[j] == T.Zero) y[j] = T.One;
            Vector512<T> a = Vector512.Create<T>(x), b = Vector512.Create<T>(y);
            if (!IntegerQuotient.IsVectorized<T>()) return;
            Vector512<T> floor = DivFloorKernel.Invoke(a, b), cut = DivTruncKernel.Invoke(a, b), remainder = RemainderKernel.Invoke(a, b), rest = FmodKernel.Invoke(a, b);
            for (int j = 0; j < x.Length; j++)
            {
                Assert.Equal(DivFloorKernel.Invoke(x[j], y[j]), floor[j]);
                Assert.Equal(DivTruncKernel.Invoke(x[j], y[j]), cut[j]);
                Assert.Equal(RemainderKernel.Invoke(x[j], y[j]), remainder[j]);
                Assert.Equal(FmodKernel.Invoke(x[j], y[j]), rest[j]);
            }

            T[] Numbers()
            {
                int bits = 1 + random.Next(64);
                return [.. Enumerable.Range(0, Vector512<T>.Count).Select(_ => random.Next(9) switch
                {
                    0 => T.MinValue, 1 => T.MaxValue, 2 => T.Zero - T.One, 3 => T.One,
                    _ => T.CreateTruncating(random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits)),
                })];
            }
        }
    }

    private static double One(string name, double x) => name switch
    {
        "lgamma" => SpecialFunctions.LogGamma(x), "digamma" => SpecialFunctions.Digamma(x), "i0" => SpecialFunctions.BesselI0(x), "i0e" => SpecialFunctions.BesselI0e(x),
        "trigamma" => SpecialFunctions.Trigamma(x), "polygamma2" => SpecialFunctions.Polygamma(2, x), "polygamma5" => SpecialFunctions.Polygamma(5, x),
        "mvlgamma" => SpecialFunctions.MultivariateLogGamma(x, 3), "log_ndtr" => SpecialFunctions.LogNdtr(x),
        "i1" => SpecialFunctions.BesselI1(x), _ => SpecialFunctions.BesselI1e(x),
    };

    private static Vector512<double> Lanes(string name, Vector512<double> x) => name switch
    {
        "lgamma" => VectorMath.LogGamma(x), "digamma" => VectorMath.Digamma(x), "i0" => SpecialFunctions.BesselI0(x), "i0e" => SpecialFunctions.BesselI0e(x),
        "trigamma" => VectorMath.Trigamma(x), "polygamma2" => new PolygammaMap(2).Invoke(x), "polygamma5" => new PolygammaMap(5).Invoke(x),
        "mvlgamma" => new MultivariateLogGammaMap(3).Invoke(x), "log_ndtr" => SpecialFunctions.LogNdtr(x),
        "i1" => SpecialFunctions.BesselI1(x), _ => SpecialFunctions.BesselI1e(x),
    };
}
