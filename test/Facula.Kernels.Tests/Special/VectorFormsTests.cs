using System.Runtime.Intrinsics;
using Xunit;

namespace Facula.Kernels.Tests.Special;

/// <summary>Special functions in vectors against themselves on one number.</summary>
public class VectorFormsTests
{
    [Fact]
    public void Bessel_functions_of_vectors_are_those_of_one_number()
    {
        Check(SpecialFunctions.BesselJ0, SpecialFunctions.BesselJ0);
        Check(SpecialFunctions.BesselJ1, SpecialFunctions.BesselJ1);
        Check(SpecialFunctions.BesselY0, SpecialFunctions.BesselY0);
        Check(SpecialFunctions.BesselY1, SpecialFunctions.BesselY1);
        Check(SpecialFunctions.BesselK0, x => SpecialFunctions.BesselK0(x, false));
        Check(SpecialFunctions.BesselK0e, x => SpecialFunctions.BesselK0(x, true));
        Check(SpecialFunctions.BesselK1, x => SpecialFunctions.BesselK1(x, false));
        Check(SpecialFunctions.BesselK1e, x => SpecialFunctions.BesselK1(x, true));
        Check(SpecialFunctions.SphericalBesselJ0, SpecialFunctions.SphericalBesselJ0);
    }

    private static void Check(Func<double, double> one, Func<Vector512<double>, Vector512<double>> vector)
    {
        double[] special = [0, -0.0, 1e-300, 1e-6, 2, 5, 0.5, -0.5, 1e8, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -2.5, -7];
        for (int k = 0; k < 4000; k++)
        {
            // Small and great ones in one vector, and alone.
            double x = k < special.Length ? special[k] : (k - 400) * 0.011, y = one(x);
            foreach (double other in (double[])[x, 1, 40])
            {
                Vector512<double> results = vector(Vector512.Create(x).WithElement(1, other));
                double result = results[0], size = Math.Abs(x) > 5 && double.IsFinite(x) && Math.Abs(x) < 100 ? 1 : Math.Max(Math.Abs(y), Math.Abs(x) < 100 ? 0.05 : 0);
                Assert.True(result.Equals(y) || Math.Abs(result - y) <= 1e-13 * size, $"at {x}: {result}, expected {y}");
                Assert.Equal(result, results[7]);
            }
        }
    }

    [Fact]
    public void Polynomials_of_one_degree_have_the_same_bits()
    {
        Check<HermitePolynomialHKernel>();
        Check<HermitePolynomialHeKernel>();
        Check<LaguerrePolynomialLKernel>();
        Check<LegendrePolynomialPKernel>();

        static void Check<TKernel>() where TKernel : struct, IPolynomial
        {
            foreach (long degree in (long[])[-1, 0, 1, 2, 3, 7, 40])
                foreach (float x in (float[])[-1, 1, 0, 0.3f, -2.7f, 1e30f, float.NaN, float.PositiveInfinity])
                {
                    Assert.Equal(TKernel.Invoke(x, (float)degree), new PolynomialMap<TKernel>(degree).Invoke(x));
                    Assert.Equal(TKernel.Invoke((double)x, degree), new PolynomialMap<TKernel>(degree).Invoke((double)x));
                }
        }
    }
}
