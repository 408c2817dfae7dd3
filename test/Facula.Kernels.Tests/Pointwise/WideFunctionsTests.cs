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
        "i1" => SpecialFunctions.BesselI1(x), _ => SpecialFunctions.BesselI1e(x),
    };

    private static Vector512<double> Lanes(string name, Vector512<double> x) => name switch
    {
        "lgamma" => VectorMath.LogGamma(x), "digamma" => VectorMath.Digamma(x), "i0" => SpecialFunctions.BesselI0(x), "i0e" => SpecialFunctions.BesselI0e(x),
        "i1" => SpecialFunctions.BesselI1(x), _ => SpecialFunctions.BesselI1e(x),
    };
}
