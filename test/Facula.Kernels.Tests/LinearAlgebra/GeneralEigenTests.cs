using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class GeneralEigenTests<T> where T : unmanaged, INumberBase<T>
{
    private static int Solve(TestMatrix<T> a, out Complex[] values, TestMatrix<Complex>? vectors)
    {
        values = new Complex[a.Rows];
        fixed (Complex* pointer = values)
            return GeneralEigen.Compute(a.Pointer, a.Rows, a.Stride, pointer, vectors is null ? null : vectors.Pointer, vectors?.Stride ?? 0);
    }

    private static void Check(TestMatrix<T> a, double bound = 100, bool compareValues = true)
    {
        int n = a.Rows;
        var original = a.ToArray();
        double size = TestMatrix<T>.Norm(original);
        var vectors = new TestMatrix<Complex>(n, n);
        Assert.Equal(0, Solve(a, out var values, vectors));
        Assert.True(vectors.GapsIntact());
        var v = vectors.ToArray();
        TestMatrix<T>.Near(TestMatrix<T>.Multiply(original, v), TestMatrix<T>.Map(n, n, (i, j) => v[i, j] * values[j]), bound, size);
        for (int j = 0; j < n; j++)
        {
            double norm = 0, largest = 0;
            for (int i = 0; i < n; i++)
            {
                norm += Math.Pow(Complex.Abs(v[i, j]), 2);
                largest = Math.Max(largest, Complex.Abs(v[i, j]));
            }

            Assert.Equal(1, norm, 1e-12);
            Assert.Contains(Enumerable.Range(0, n), i => v[i, j].Imaginary == 0 && Math.Abs(v[i, j].Real) > largest - 1e-9);
            if (!TestMatrix<T>.IsComplex && values[j].Imaginary > 0)
                Assert.Equal(values[j], Complex.Conjugate(values[j + 1]));
        }

        Complex trace = 0, sum = 0;
        for (int i = 0; i < n; i++)
        {
            trace += original[i, i];
            sum += values[i];
        }

        Assert.True(Complex.Abs(trace - sum) <= bound * TestMatrix<T>.Epsilon * Math.Max(size, 1e-300));
        Assert.Equal(0, Solve(a, out var alone, null));
        if (compareValues)
            foreach (Complex value in values)
                Assert.Contains(alone, other => Complex.Abs(other - value) <= 1e5 * TestMatrix<T>.Epsilon * size);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(8), InlineData(17), InlineData(40), InlineData(64), InlineData(100), InlineData(193), InlineData(230)]
    public void Random_matrices(int n) => Check(TestMatrix<T>.Random(n, n, 51));

    [Fact]
    public void Symmetric_and_antisymmetric()
    {
        Check(TestMatrix<T>.Hermitian(30, 3));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(21, 21, (i, j) => i > j ? i + j : i < j ? -i - j : 0)));
    }

    [Fact]
    public void Special_matrices()
    {
        Check(new TestMatrix<T>(4, 4));
        Check(TestMatrix<T>.From(TestMatrix<T>.Identity(7)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(9, 9, (_, _) => 1)));
        // Triangular, by exchanges only.
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(10, 10, (i, j) => i >= j ? i + 2 * j + 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(10, 10, (i, j) => i <= j ? i + 2 * j + 1 : 0)));
        // The cyclic shift: shifts of the usual kind stand still.
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(12, 12, (i, j) => j == (i + 1) % 12 ? 1 : 0)));
        // A Jordan block: all eigenvectors are the same.
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(6, 6, (i, j) => i == j ? 2 : j == i + 1 ? 1 : 0)), compareValues: false);
        // Badly scaled, as balancing wants it.
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(8, 8, (i, j) => Math.Pow(10, (i - j) / 2.0) * ((i * 7 + j * 3) % 5 - 2))), compareValues: false);
        // Isolated eigenvalues around a block.
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(7, 7, (i, j) => i == 0 && j > 0 || i == 6 && j == 6 || i < 6 && j == 6 || i is > 0 and < 6 && j is > 0 and < 6 ? (i * 5 + j * 3) % 7 - 2 : i == j ? 4 : 0)));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_is_refused(double value)
    {
        var a = TestMatrix<T>.Random(6, 6, 1);
        a[2, 5] = TestMatrix<T>.Narrow(value);
        Assert.Equal(-1, Solve(a, out _, null));
    }
}

public sealed class GeneralEigenSingleTests : GeneralEigenTests<float>;
public sealed class GeneralEigenDoubleTests : GeneralEigenTests<double>;
public sealed class GeneralEigenComplex64Tests : GeneralEigenTests<Complex64>;
public sealed class GeneralEigenComplexTests : GeneralEigenTests<Complex>;
