using System.Runtime.Intrinsics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>The vector functions beside the elementary ones: sweeps against scalar functions of doubles, and the values at the ends.</summary>
public class VectorFunctionsTests
{
    private static readonly float[] Ends =
        [0, -0f, 1, -1, 0.5f, -0.5f, 2, -2, 3, -3, 1e-40f, 1e-20f, -1e-20f, 1e20f, -1e20f, 3.4e38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    public static TheoryData<string, double, double, double, double> Sweeps => new()
    {
        { "asin", -1, 1, 2, 3 }, { "acos", -1, 1, 2, 3 }, { "atan", -1e30, 1e30, 2, 2 }, { "sinh", -89, 89, 3, 3 }, { "cosh", -89, 89, 3, 3 }, { "tan", -1000, 1000, 4, 4 },
        { "asinh", -1e30, 1e30, 4, 4 }, { "acosh", 1, 1e30, 4, 4 }, { "atanh", -1, 1, 4, 4 }, { "log2", 0, 3e38, 2, 3 }, { "log10", 0, 3e38, 2.5, 3 }, { "exp2", -140, 127.9, 1.5, 1.5 }, { "rsqrt", 0, 3e38, 1.5, 2 },
        // The errors of the scalar functions count as well.
        { "erf", -7, 7, 2.5, 6 }, { "erfc", -7, 9, 1, 12 }, { "erfcx", -9, 1e30, 1, 16 },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void FunctionsAreWithinUlps(string name, double from, double to, double limit, double doubleLimit)
    {
        (double worst, double at) = (0, 0);
        for (uint bits = 0; bits < 0x7F800000; bits += 65521)
            foreach (uint sign in (uint[])[0, 0x80000000])
            {
                float x = BitConverter.UInt32BitsToSingle(bits | sign);
                if (x < from || x > to) continue;
                double error = Ulps(Single(name, Vector512.Create(x)).GetElement(7), Exact(name, x));
                if (error > worst) (worst, at) = (error, x);
            }
        Assert.True(worst <= limit, $"float {name}: {worst} ulp at {at:R}");

        var random = new Random(3);
        worst = 0;
        for (int i = 0; i < 40000; i++)
        {
            double x = i % 2 == 0 ? from + random.NextDouble() * (to - from) : Math.Clamp((random.Next(2) * 2 - 1) * Math.Pow(2, random.NextDouble() * 40 - 30), from, to);
            double expected = Exact(name, x), unit = Math.Max(1e-300, Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
            double y = Double(name, Vector512.Create(x)).GetElement(3), error = y == expected ? 0 : Math.Abs(y - expected) / unit;
            if (!(error <= worst)) (worst, at) = (error, x);
        }
        // .NET's own functions are not right to the last bit either.
        Assert.True(worst <= doubleLimit, $"double {name}: {worst} ulp at {at:R}");
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void EndsAreThoseOfTheScalarFunction(string name, double from, double to, double limit, double doubleLimit)
    {
        Assert.True(from < to && limit + doubleLimit > 0);
        foreach (float x in Ends)
        {
            float expected = (float)Exact(name, x), actual = Single(name, Vector512.Create(x)).GetElement(9);
            Assert.True(Same(actual, expected), $"float {name}({x:R}) = {actual:R}, expected {expected:R}");
            double wide = Double(name, Vector512.Create((double)x)).GetElement(5), right = Exact(name, x);
            Assert.True(Same(wide, right), $"double {name}({x:R}) = {wide:R}, expected {right:R}");
        }
    }

    [Fact]
    public void SincTakesTheRoundedProduct()
    {
        for (float x = -4; x <= 4; x += 0.03125f)
        {
            float product = MathF.PI * x;
            Assert.Equal(x == 0 ? 1 : MathF.Sin(product) / product, VectorMath.Sinc(Vector512.Create(x)).GetElement(1), 2e-7f);
            Assert.Equal(SpecialFunctions.Sinc(x), VectorMath.Sinc(Vector512.Create((double)x)).GetElement(1), 1e-15);
        }
    }

    [Theory]
    [InlineData("lgamma", 0, 1e30)]
    [InlineData("lgamma", -40, 0)]
    [InlineData("digamma", 0, 1e30)]
    [InlineData("digamma", -40, 0)]
    public void GammaFunctionsOfFloatsAreThoseOfDoubles(string name, double from, double to)
    {
        (double worst, double at) = (0, 0);
        for (uint bits = 0; bits < 0x7F800000; bits += 200003)
            foreach (uint sign in (uint[])[0, 0x80000000])
            {
                float x = BitConverter.UInt32BitsToSingle(bits | sign);
                if (x < from || x > to) continue;
                double expected = Exact(name, x), actual = Single(name, Vector512.Create(x)).GetElement(2);
                if (Math.Abs(expected) > 3e38) continue;
                double error = Math.Abs(actual - expected) / (1.2e-7 * Math.Abs(expected) + 2e-9);
                if (error > worst) (worst, at) = (error, x);
            }
        Assert.True(worst <= 1, $"{name}: {worst} times the limit at {at:R}");
        foreach (float x in Ends)
            Assert.True(Same(Single(name, Vector512.Create(x)).GetElement(0), (float)Exact(name, x)), $"{name}({x:R})");
    }

    [Theory]
    [InlineData("atan2")]
    [InlineData("hypot")]
    [InlineData("pow")]
    [InlineData("logaddexp")]
    [InlineData("fmod")]
    [InlineData("remainder")]
    [InlineData("floor")]
    [InlineData("xlogy")]
    public void PairsAreThoseOfTheScalarFunction(string name)
    {
        var random = new Random(5);
        var pairs = new List<(float, float)>();
        foreach (float x in Ends)
            foreach (float y in Ends) pairs.Add((x, y));
        for (int i = 0; i < 20000; i++)
            pairs.Add(((float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7))), (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7)))));
        bool exact = name is "fmod" or "remainder" or "floor";
        foreach ((float x, float y) in pairs)
        {
            float expected = exact ? ExactPair(name, x, y) : (float)ExactPair(name, (double)x, y), actual = SinglePair(name, Vector512.Create(x), Vector512.Create(y)).GetElement(11);
            // A sum of logarithms is right to the digits of the greater.
            if (name == "logaddexp" && Math.Abs(expected) < Math.Max(Math.Abs(x), Math.Abs(y)) && Math.Abs(expected - actual) < 5e-7 * Math.Max(Math.Abs(x), Math.Abs(y))) continue;
            Assert.True(exact ? Same(actual, expected, 0) : Same(actual, expected, 5e-7), $"float {name}({x:R}, {y:R}) = {actual:R}, expected {expected:R}");
            double right = ExactPair(name, (double)x, y), wide = DoublePair(name, Vector512.Create((double)x), Vector512.Create((double)y)).GetElement(6);
            Assert.True(Same(wide, right, exact ? 0 : 2e-15), $"double {name}({x:R}, {y:R}) = {wide:R}, expected {right:R}");
        }
    }

    private static bool Same(double a, double b, double relative = 1e-6) =>
        double.IsNaN(a) ? double.IsNaN(b) : a == b ? double.IsNegative(a) == double.IsNegative(b) : Math.Abs(a - b) <= relative * Math.Abs(b);

    private static double Ulps(float actual, double expected)
    {
        if (double.IsNaN(expected)) return float.IsNaN(actual) ? 0 : 1e9;
        float rounded = (float)expected;
        if (rounded == actual) return Math.Abs(expected - actual) > 1e300 ? 0 : Math.Abs(actual - expected) / Unit(rounded);
        return float.IsInfinity(rounded) || float.IsInfinity(actual) ? 1e9 : Math.Abs(actual - expected) / Unit(rounded);

        static double Unit(float x) => Math.Max(float.Epsilon, (double)MathF.BitIncrement(MathF.Abs(x)) - MathF.Abs(x));
    }

    private static Vector512<float> Single(string name, Vector512<float> x) => name switch
    {
        "rsqrt" => RsqrtKernel.Invoke(x), "asin" => VectorMath.Asin(x), "acos" => VectorMath.Acos(x), "atan" => VectorMath.Atan(x), "sinh" => VectorMath.Sinh(x), "cosh" => VectorMath.Cosh(x), "tan" => VectorMath.Tan(x),
        "asinh" => VectorMath.Asinh(x), "acosh" => VectorMath.Acosh(x), "atanh" => VectorMath.Atanh(x), "log2" => VectorMath.Log2(x), "log10" => VectorMath.Log10(x), "exp2" => VectorMath.Exp2(x),
        "erf" => VectorMath.Erf(x), "erfc" => VectorMath.Erfc(x), "erfcx" => VectorMath.Erfcx(x), "lgamma" => VectorMath.LogGamma(x), _ => VectorMath.Digamma(x),
    };

    private static Vector512<double> Double(string name, Vector512<double> x) => name switch
    {
        "rsqrt" => RsqrtKernel.Invoke(x), "asin" => VectorMath.Asin(x), "acos" => VectorMath.Acos(x), "atan" => VectorMath.Atan(x), "sinh" => VectorMath.Sinh(x), "cosh" => VectorMath.Cosh(x), "tan" => VectorMath.Tan(x),
        "asinh" => VectorMath.Asinh(x), "acosh" => VectorMath.Acosh(x), "atanh" => VectorMath.Atanh(x), "log2" => VectorMath.Log2(x), "log10" => VectorMath.Log10(x), "exp2" => VectorMath.Exp2(x),
        "erf" => VectorMath.Erf(x), "erfcx" => VectorMath.Erfcx(x), _ => VectorMath.Erfc(x),
    };

    private static double Exact(string name, double x) => name switch
    {
        "rsqrt" => 1 / Math.Sqrt(x), "asin" => Math.Asin(x), "acos" => Math.Acos(x), "atan" => Math.Atan(x), "sinh" => Math.Sinh(x), "cosh" => Math.Cosh(x), "tan" => Math.Tan(x), "asinh" => Math.Asinh(x), "acosh" => Math.Acosh(x),
        "atanh" => Math.Atanh(x), "log2" => Math.Log2(x), "log10" => Math.Log10(x), "exp2" => Math.Pow(2, x), "erf" => SpecialFunctions.Erf(x), "erfc" => SpecialFunctions.Erfc(x), "erfcx" => SpecialFunctions.Erfcx(x),
        "lgamma" => SpecialFunctions.LogGamma(x), _ => SpecialFunctions.Digamma(x),
    };

    private static Vector512<float> SinglePair(string name, Vector512<float> x, Vector512<float> y) => name switch
    {
        "atan2" => VectorMath.Atan2(x, y), "hypot" => VectorMath.Hypot(x, y), "pow" => VectorMath.Pow(x, y), "logaddexp" => VectorMath.LogAddExp(x, y),
        "fmod" => VectorMath.Fmod(x, y), "remainder" => VectorMath.Remainder(x, y), "floor" => VectorMath.FloorDivide(x, y), _ => VectorMath.XLogY(x, y),
    };

    private static Vector512<double> DoublePair(string name, Vector512<double> x, Vector512<double> y) => name switch
    {
        "atan2" => VectorMath.Atan2(x, y), "hypot" => VectorMath.Hypot(x, y), "pow" => VectorMath.Pow(x, y), "logaddexp" => VectorMath.LogAddExp(x, y),
        "fmod" => VectorMath.Fmod(x, y), "remainder" => VectorMath.Remainder(x, y), "floor" => VectorMath.FloorDivide(x, y), _ => VectorMath.XLogY(x, y),
    };

    private static double ExactPair(string name, double x, double y) => name switch
    {
        "atan2" => Math.Atan2(x, y), "hypot" => double.Hypot(x, y), "pow" => Math.Pow(x, y),
        "logaddexp" => x == y && double.IsInfinity(x) ? x : Math.Max(x, y) + SpecialFunctions.Log1P(Math.Exp(-Math.Abs(x - y))),
        "fmod" => FmodKernel.Invoke(x, y), "remainder" => RemainderKernel.Invoke(x, y), "floor" => DivFloorKernel.Invoke(x, y), _ => SpecialFunctions.XLogY(x, y),
    };

    private static float ExactPair(string name, float x, float y) => name switch
    {
        "fmod" => FmodKernel.Invoke(x, y), "remainder" => RemainderKernel.Invoke(x, y), _ => DivFloorKernel.Invoke(x, y),
    };
}
