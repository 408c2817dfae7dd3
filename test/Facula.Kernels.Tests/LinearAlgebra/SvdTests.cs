using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class SvdTests<T> where T : unmanaged, INumberBase<T>
{
    private static int Solve(TestMatrix<T> a, out double[] values, TestMatrix<T>? u, TestMatrix<T>? vh)
    {
        values = new double[Math.Min(a.Rows, a.Columns)];
        fixed (double* pointer = values)
            return u is null || vh is null
                ? Svd.Compute(a.Pointer, a.Rows, a.Columns, a.Stride, pointer, null, 0, 0, null, 0, 0)
                : Svd.Compute(a.Pointer, a.Rows, a.Columns, a.Stride, pointer, u.Pointer, u.Stride, u.Columns, vh.Pointer, vh.Stride, vh.Rows);
    }

    private static void Check(TestMatrix<T> a, double bound = 60, double perVector = 2)
    {
        int m = a.Rows, n = a.Columns, least = Math.Min(m, n);
        var original = a.ToArray();
        double size = TestMatrix<T>.Norm(original);
        foreach (bool full in new[] { false, true })
        {
            var u = new TestMatrix<T>(m, full ? m : least);
            var vh = new TestMatrix<T>(full ? n : least, n);
            Assert.Equal(0, Solve(a, out var values, u, vh));
            Assert.True(u.GapsIntact() && vh.GapsIntact());
            TestMatrix<T>.Orthonormal(u.ToArray(), 20 + perVector * u.Columns);
            TestMatrix<T>.Orthonormal(TestMatrix<T>.Adjoint(vh.ToArray()), 20 + perVector * vh.Rows);
            var us = TestMatrix<T>.Map(m, least, (i, j) => TestMatrix<T>.Widen(u[i, j]) * values[j]);
            var first = TestMatrix<T>.Map(least, n, (i, j) => TestMatrix<T>.Widen(vh[i, j]));
            TestMatrix<T>.Near(original, TestMatrix<T>.Multiply(us, first), bound, size);
            for (int i = 0; i < least; i++)
                Assert.True(values[i] >= 0 && (i == 0 || values[i] <= values[i - 1]));

            Assert.Equal(0, Solve(a, out var alone, null, null));
            TestMatrix<T>.Near(TestMatrix<T>.Map(1, least, (_, j) => values[j]), TestMatrix<T>.Map(1, least, (_, j) => alone[j]), bound, size);
        }

        Assert.Equal(0, TestMatrix<T>.Distance(original, a.ToArray()));
    }

    [Theory]
    [InlineData(0, 0), InlineData(0, 3), InlineData(3, 0), InlineData(1, 1), InlineData(1, 4), InlineData(4, 1), InlineData(2, 2), InlineData(3, 3)]
    [InlineData(8, 5), InlineData(5, 8), InlineData(16, 16), InlineData(17, 17), InlineData(40, 33), InlineData(33, 40), InlineData(64, 64), InlineData(90, 30), InlineData(30, 90), InlineData(110, 110), InlineData(201, 170)]
    public void Random_matrices(int m, int n) => Check(TestMatrix<T>.Random(m, n, 41));

    [Fact]
    public void Special_matrices()
    {
        Check(new TestMatrix<T>(5, 7));
        Check(TestMatrix<T>.From(TestMatrix<T>.Identity(20)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(30, 20, (_, _) => 1)));
        // What is left after the first reflectors is rounding errors, then their rounding errors, down to the smallest numbers.
        // Their reflectors have nearly one direction, and blocks of such lose some digits.
        foreach (int n in (int[])[64, 100, 128, 200])
            Check(TestMatrix<T>.From(TestMatrix<T>.Map(n, n, (_, _) => 1)), perVector: 20);
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(12, 12, (i, j) => i == j ? 5 - i : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(15, 15, (i, j) => j == i + 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(10, 10, (i, j) => Math.Pow(10, -(i + j) / 2.0))));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(10, 10, (i, j) => 1.0 / (i + j + 1))));
        // Rank 3, then zero rows and columns.
        Check(TestMatrix<T>.From(TestMatrix<T>.Multiply(TestMatrix<T>.Random(20, 3, 1).ToArray(), TestMatrix<T>.Random(3, 25, 2).ToArray())));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(9, 9, (i, j) => i % 3 == 0 || j % 2 == 0 ? 0 : i + j)));
    }

    /// <summary>Values in clusters, at zero, and halves that do not touch: the ways out of a division.</summary>
    [Fact]
    public void Clusters()
    {
        Check(new TestMatrix<T>(40, 40));
        Check(TestMatrix<T>.From(TestMatrix<T>.Identity(70)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(70, 70, (i, j) => j == i + 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(60, 60, (i, j) => 1.0 / (i + j + 1))));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(100, 100, (i, j) => i == j ? i % 3 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(90, 90, (i, j) => i / 45 != j / 45 ? 0 : i == j ? 2 : j == i + 1 ? 1 : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Map(80, 80, (i, j) => i == j || j == i + 1 ? Math.Pow(10, -i / 4.0) : 0)));
        Check(TestMatrix<T>.From(TestMatrix<T>.Multiply(TestMatrix<T>.Random(80, 3, 1).ToArray(), TestMatrix<T>.Random(3, 75, 2).ToArray())));
    }

    [Fact]
    public void Small_singular_values_of_a_bidiagonal_matrix_are_exact_to_the_last_digits()
    {
        // Kahan's example: [1 1e8; 0 1e-8·…] has a tiny value that an absolute test would lose.
        var a = TestMatrix<T>.From(new Complex[,] { { 1, 1000, 0 }, { 0, 1e-3, 1 }, { 0, 0, 1e-3 } });
        Solve(a, out var values, null, null);
        double product = values[0] * values[1] * values[2];
        Assert.True(Math.Abs(product / 1e-6 - 1) < 1000 * TestMatrix<T>.Epsilon);
    }

    [Fact]
    public void Extreme_sizes_are_scaled()
    {
        double small = TestMatrix<T>.Epsilon > 1e-10 ? 1e-30 : 1e-290;
        foreach (double scale in new[] { small, 1 / small })
            Check(TestMatrix<T>.From(TestMatrix<T>.Map(5, 4, (i, j) => scale * (i * j + (i == j ? 3 : 1)))));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused(double value)
    {
        var a = TestMatrix<T>.Random(5, 6, 1);
        a[3, 5] = TestMatrix<T>.Narrow(value);
        Assert.Equal(-1, Solve(a, out _, null, null));
    }
}

public sealed class SvdSingleTests : SvdTests<float>;
public sealed class SvdDoubleTests : SvdTests<double>;
public sealed class SvdComplex64Tests : SvdTests<Complex64>;
public sealed class SvdComplexTests : SvdTests<Complex>;
