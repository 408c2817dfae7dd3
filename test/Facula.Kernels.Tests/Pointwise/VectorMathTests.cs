using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Dense sweeps of the vector functions against the scalar ones of .NET.</summary>
public class VectorMathTests
{
    private const int Step = 8191;      // bit patterns between two floats of a sweep

    // The limits with AVX-512, where tables serve some functions, and without.
    [Theory]
    [InlineData("exp", -110, 92, 1.1, 1.1)]
    [InlineData("expm1", -30, 90, 2.5, 2.5)]
    [InlineData("log", 0, 3.4e38, 0.8, 1.1)]
    [InlineData("log1p", -0.999999, 3e38, 2.5, 2.5)]
    [InlineData("tanh", -12, 12, 1.1, 2.5)]
    [InlineData("sigmoid", -80, 90, 2.3, 2.3)]
    [InlineData("tanhOfSoftplus", -80, 90, 3, 3)]
    [InlineData("sin", -30000, 30000, 1.6, 1.6)]
    [InlineData("cos", -30000, 30000, 1.6, 1.6)]
    [InlineData("erf", -6, 6, 1.2, 2.5)]
    public void FloatsAreWithinUlps(string name, double from, double to, double limit, double limitWithoutTables)
    {
        if (!Avx512F.IsSupported) limit = limitWithoutTables;
        double worst = 0, at = 0;
        Span<float> inputs = stackalloc float[16];
        int filled = 0;
        for (uint bits = 0; bits < 0x7F800000; bits += Step)
        {
            foreach (uint sign in (uint[])[0, 0x80000000])
            {
                float x = BitConverter.UInt32BitsToSingle(bits | sign);
                if (x < from || x > to) continue;
                inputs[filled++] = x;
                if (filled < 16) continue;
                filled = 0;
                Vector512<float> y = Single(name, Vector512.Create<float>(inputs));
                for (int i = 0; i < 16; i++)
                {
                    double expected = Exact(name, inputs[i]);
                    double error = Ulps(y.GetElement(i), expected);
                    if (error > worst) (worst, at) = (error, inputs[i]);
                }
            }
        }
        Assert.True(worst <= limit, $"{name}: {worst} ulp at {at:R}");
    }

    // Every so many bit patterns of either sign, against some 32 digits.
    [Theory]
    [InlineData("exp", -700, 709, 1.0)]
    [InlineData("expm1", -50, 700, 1.9)]
    [InlineData("log", 1e-307, 1e308, 1.0)]
    [InlineData("log1p", -0.999999, 1e300, 1.1)]
    [InlineData("tanh", -25, 25, 1.3)]
    [InlineData("sigmoid", -700, 700, 2.0)]
    [InlineData("sin", -50000, 50000, 1.6)]
    [InlineData("cos", -50000, 50000, 1.6)]
    public void DoublesAreWithinUlps(string name, double from, double to, double limit)
    {
        double worst = 0, at = 0;
        Span<double> inputs = stackalloc double[8];
        int filled = 0;
        ulong least = BitConverter.DoubleToUInt64Bits(name == "log" ? from : 1e-8), most = BitConverter.DoubleToUInt64Bits(Math.Max(-from, to));
        ulong step = (most - least) / 150_000 | 1;
        for (ulong bits = least; bits < most; bits += step)
        {
            for (int sign = 1; sign >= -1; sign -= 2)
            {
                double x = sign * BitConverter.UInt64BitsToDouble(bits);
                if (x < from || x > to) continue;
                inputs[filled++] = x;
                if (filled < 8) continue;
                filled = 0;
                Vector512<double> y = Double(name, Vector512.Create<double>(inputs));
                for (int i = 0; i < 8; i++)
                {
                    double error = Precise.Of(name, inputs[i]).Ulps(y.GetElement(i));
                    if (error > worst) (worst, at) = (error, inputs[i]);
                }
            }
        }
        Assert.True(worst <= limit, $"{name}: {worst} ulp at {at:R}");
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("erf")]
    public void SpecialValuesAreThoseOfTheScalarFunction(string name)
    {
        foreach (double x in (double[])[0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, -2, 1e30, -1e30])
        {
            double expected = Exact(name, x);
            float single = Single(name, Vector512.Create((float)x)).GetElement(3);
            Assert.True(Same(single, (float)Exact(name, (float)x)), $"float {name}({x}) = {single}, expected {expected}");
            if (name == "erf") continue;
            double y = Double(name, Vector512.Create(x)).GetElement(3);
            Assert.True(Same(y, expected), $"double {name}({x}) = {y}, expected {expected}");
        }
    }

    // Denormal as long as e⁻ˣ is finite, then 0.
    [Theory]
    [InlineData(-88f, 6.0546e-39f)]
    [InlineData(-88.72f, 2.9471e-39f)]
    [InlineData(-88.73f, 0f)]
    [InlineData(-103f, 0f)]
    public void SigmoidEndsWhereTheExponentialDoes(float x, float expected) =>
        Assert.Equal(expected, VectorMath.Sigmoid(Vector512.Create(x)).GetElement(1), 1e-42f);

    [Theory]
    [InlineData("gelu", 2e-8, 5e-8, 0.51)]
    [InlineData("geluSlope", 1e-7, 1e-7, 0)]
    public void GeluIsWithinAbsoluteErrors(string name, double withTables, double without, double ulps)
    {
        double absolute = Avx512F.IsSupported ? withTables : without;
        double worst = 0, at = 0;
        for (float from = -12; from < 12; from += 16 / 8192f)
        {
            Vector512<float> x = Vector512.CreateSequence(from, 1 / 8192f);
            Vector512<float> y = name == "gelu" ? VectorMath.Gelu(x) : VectorMath.GeluSlope(x);
            for (int i = 0; i < 16; i++)
            {
                double exact = x.GetElement(i), normal = SpecialFunctions.Erfc(-exact * Math.Sqrt(0.5)) / 2;
                double expected = name == "gelu" ? exact * normal : normal + exact * Math.Exp(-exact * exact / 2) / Math.Sqrt(2 * Math.PI);
                double limit = absolute + ulps * (MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected));
                double error = Math.Abs(y.GetElement(i) - expected) / limit;
                if (error > worst) (worst, at) = (error, exact);
            }
        }
        Assert.True(worst <= 1, $"{name}: {worst} times the limit at {at:R}");
        foreach (float x in (float[])[-100, -1e30f, 0, 100, 1e30f, float.PositiveInfinity, float.NaN])
        {
            float y = (name == "gelu" ? VectorMath.Gelu(Vector512.Create(x)) : VectorMath.GeluSlope(Vector512.Create(x))).GetElement(5);
            Assert.Equal(float.IsNaN(x) ? float.NaN : name == "gelu" ? Math.Max(x, 0) : x < 0 ? 0 : x > 0 ? 1 : 0.5f, y);
        }
    }

    private static bool Same(double a, double b) =>
        double.IsNaN(a) ? double.IsNaN(b) : a == b && double.IsNegative(a) == double.IsNegative(b) || Math.Abs(a - b) <= 3e-7 * Math.Abs(b) && b != 0;

    private static double Ulps(float actual, double expected)
    {
        if (double.IsNaN(expected)) return float.IsNaN(actual) ? 0 : 1e9;
        float rounded = (float)expected;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual)) return rounded == actual || Math.Abs(expected) > 3.4e38 ? 0 : 1e9;
        double unit = Math.Max(float.Epsilon, MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded));
        return Math.Abs(actual - expected) / unit;
    }

    private static Vector512<float> Single(string name, Vector512<float> x) => name switch
    {
        "exp" => VectorMath.Exp(x),
        "expm1" => VectorMath.ExpM1(x),
        "log" => VectorMath.Log(x),
        "log1p" => VectorMath.Log1P(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        "sin" => VectorMath.Sin(x),
        "cos" => VectorMath.Cos(x),
        "tanhOfSoftplus" => VectorMath.TanhOfSoftplus(x),
        _ => VectorMath.Erf(x),
    };

    private static Vector512<double> Double(string name, Vector512<double> x) => name switch
    {
        "exp" => VectorMath.Exp(x),
        "expm1" => VectorMath.ExpM1(x),
        "log" => VectorMath.Log(x),
        "log1p" => VectorMath.Log1P(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        "sin" => VectorMath.Sin(x),
        _ => VectorMath.Cos(x),
    };

    private static double Exact(string name, double x) => name switch
    {
        "exp" => Math.Exp(x),
        "expm1" => ExpM1(x),
        "log" => Math.Log(x),
        "log1p" => Log1P(x),
        "tanh" => Math.Tanh(x),
        "sigmoid" => 1 / (1 + Math.Exp(-x)),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tanhOfSoftplus" => Math.Tanh(Log1P(Math.Exp(x))),
        _ => SpecialFunctions.Erf(x),
    };

    private static double ExpM1(double x)
    {
        if (x == 0) return x;
        if (Math.Abs(x) < 1e-5) return x + x * x / 2 + x * x * x / 6;
        double u = Math.Exp(x);
        return double.IsInfinity(u) || u - 1 == -1 ? u - 1 : u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    private static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>The borders between a table's intervals are round numbers, which a sweep in small steps may pass by.</summary>
    [Fact]
    public void Erf_holds_at_the_borders_of_its_intervals()
    {
        for (float x = 0.0625f; x < 4; x += 0.0625f)
            Assert.Equal(BySeries(x), VectorMath.Erf(System.Runtime.Intrinsics.Vector512.Create(x))[0], 2e-7);

        // erf by its series, which converges everywhere.
        static double BySeries(double x)
        {
            double term = x, sum = x;
            for (int n = 1; n < 200; n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.Sqrt(Math.PI) * sum;
        }
    }
}
