using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class HermitianEigenTests<T> where T : unmanaged, INumberBase<T>
{
    private static int Solve(TestMatrix<T> a, bool upper, out double[] values, TestMatrix<T>? vectors)
    {
        values = new double[a.Rows];
        fixed (double* pointer = values)
            return HermitianEigen.Compute(a.Pointer, a.Rows, a.Stride, upper, pointer, vectors is null ? null : vectors.Pointer, vectors?.Stride ?? 0);
    }

    private static void Check(TestMatrix<T> a, double bound = 60)
    {
        int n = a.Rows;
        var original = a.ToArray();
        foreach (bool upper in new[] { false, true })
        {
            var half = a.Clone();
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (upper ? i > j : i < j)
                        half[i, j] = TestMatrix<T>.Narrow(double.NaN);
            var vectors = new TestMatrix<T>(n, n);
            Assert.Equal(0, Solve(half, upper, out var values, vectors));
            Assert.True(vectors.GapsIntact());
            var v = vectors.ToArray();
            TestMatrix<T>.Orthonormal(v, 20 + 2 * n);
            TestMatrix<T>.Near(TestMatrix<T>.Multiply(original, v), TestMatrix<T>.Map(n, n, (i, j) => v[i, j] * values[j]), bound, TestMatrix<T>.Norm(original));
            for (int i = 1; i < n; i++)
                Assert.True(values[i - 1] <= values[i]);
            for (int j = 0; j < n; j++)
                Assert.True(Math.Abs(v[upper ? n - 1 : 0, j].Imaginary) <= 10 * TestMatrix<T>.Epsilon);

            Assert.Equal(0, Solve(half, upper, out var alone, null));
            TestMatrix<T>.Near(TestMatrix<T>.Map(1, n, (_, j) => values[j]), TestMatrix<T>.Map(1, n, (_, j) => alone[j]), bound, TestMatrix<T>.Norm(original));
        }
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(8), InlineData(16), InlineData(17), InlineData(33), InlineData(64), InlineData(100), InlineData(150), InlineData(261)]
    public void Random_matrices(int n) => Check(TestMatrix<T>.Hermitian(n, 31));

    [Fact]
    public void Special_matrices()
    {
        Check(new TestMatrix<T>(6, 6));
        Check(TestMatrix<T>.From(TestMatrix<T>.Identity(20)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(30, 30, (_, _) => 1)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(12, 12, (i, j) => i == j ? 5 - i : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(40, 40, (i, j) => Math.Abs(i - j) == 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(10, 10, (i, j) => Math.Pow(10, -(i + j) / 2.0))));
    }

    /// <summary>Values in clusters, gaps below the tolerance and halves that do not touch: the ways out of a division.</summary>
    [Fact]
    public void Clusters()
    {
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(101, 101, (i, j) => i == j ? Math.Abs(i - 50) : Math.Abs(i - j) == 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(126, 126, (i, j) => i == j ? Math.Abs(i % 21 - 10) : Math.Abs(i - j) != 1 ? 0 : Math.Max(i, j) % 21 == 0 ? 1e-7 : 1)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(90, 90, (i, j) => i / 45 != j / 45 ? 0 : Math.Abs(i - j) == 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(120, 120, (i, j) => (i == j ? 1 : 0) + 1e-3 * (i + 1) * (j + 1))));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(100, 100, (i, j) => i == j ? i % 3 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(80, 80, (i, j) => Math.Abs(i - j) == 1 ? Math.Pow(10, -Math.Min(i, j) / 4.0) : 0)));
    }

    [Fact]
    public void Extreme_sizes_are_scaled()
    {
        double small = TestMatrix<T>.Epsilon > 1e-10 ? 1e-30 : 1e-290;
        foreach (double scale in new[] { small, 1 / small })
            Check(TestMatrix<T>.From(TestMatrix<T>.Map(5, 5, (i, j) => scale * (i * j + (i == j ? 3 : 1)))));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_is_refused(double value)
    {
        var a = TestMatrix<T>.Hermitian(5, 1);
        a[3, 3] = TestMatrix<T>.Narrow(value);
        Assert.Equal(-1, Solve(a, false, out _, new TestMatrix<T>(5, 5)));
        Assert.Equal(-1, Solve(a, true, out _, null));
    }
}

public sealed class HermitianEigenSingleTests : HermitianEigenTests<float>;
public sealed class HermitianEigenDoubleTests : HermitianEigenTests<double>;
public sealed class HermitianEigenComplex64Tests : HermitianEigenTests<Complex64>;
public sealed class HermitianEigenComplexTests : HermitianEigenTests<Complex>;
