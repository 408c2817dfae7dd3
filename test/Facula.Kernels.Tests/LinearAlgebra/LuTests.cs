using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class LuTests<T> where T : unmanaged, INumberBase<T>
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 4 }, { 4, 0 }, { 1, 1 }, { 1, 5 }, { 5, 1 }, { 2, 2 }, { 3, 3 }, { 16, 16 }, { 17, 40 }, { 40, 17 }, { 65, 65 }, { 128, 128 }, { 150, 150 }, { 200, 130 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Factors_multiply_to_the_matrix(int m, int n)
    {
        var a = TestMatrix<T>.Random(m, n, 5);
        var lu = a.Clone();
        int least = Math.Min(m, n);
        int* pivots = stackalloc int[least + 1], permutation = stackalloc int[m + 1];
        Assert.Equal(0, Lu.Factor(lu.Pointer, m, n, lu.Stride, pivots));
        var lower = TestMatrix<T>.Map(m, least, (i, j) => i == j ? 1 : i > j ? TestMatrix<T>.Widen(lu[i, j]) : 0);
        var upper = TestMatrix<T>.Map(least, n, (i, j) => i <= j ? TestMatrix<T>.Widen(lu[i, j]) : 0);
        Lu.PivotsToPermutation(pivots, least, m, permutation);
        var order = new int[m];
        for (int i = 0; i < m; i++)
            order[i] = permutation[i];
        var permuted = TestMatrix<T>.Map(m, n, (i, j) => TestMatrix<T>.Widen(a[order[i], j]));
        TestMatrix<T>.Near(permuted, TestMatrix<T>.Multiply(lower, upper), 16);
        foreach (Complex value in lower)
            Assert.True(Complex.Abs(value) <= 1.4143);
        Assert.True(lu.GapsIntact());
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 1), InlineData(5, 8), InlineData(33, 1), InlineData(64, 64), InlineData(131, 17)]
    public void Solves_in_four_ways(int n, int sides)
    {
        var a = TestMatrix<T>.Random(n, n, 6);
        for (int i = 0; i < n; i++)
            a[i, n - 1 - i] += T.CreateTruncating(n);
        var lu = a.Clone();
        int* pivots = stackalloc int[n];
        Assert.Equal(0, Lu.Factor(lu.Pointer, n, n, lu.Stride, pivots));
        var x = TestMatrix<T>.Random(n, sides, 7).ToArray();
        for (int variant = 0; variant < 4; variant++)
        {
            var matrix = a.ToArray();
            if ((variant & 1) != 0)
                matrix = TestMatrix<T>.Transpose(matrix);
            if ((variant & 2) != 0)
                matrix = TestMatrix<T>.Map(n, n, (i, j) => Complex.Conjugate(matrix[i, j]));
            var b = TestMatrix<T>.From(TestMatrix<T>.Multiply(matrix, x));
            Lu.Solve(lu.Pointer, n, lu.Stride, pivots, b.Pointer, b.Stride, sides, transposed: (variant & 1) != 0, conjugate: (variant & 2) != 0);
            TestMatrix<T>.Near(x, b.ToArray(), 200);
        }
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(3), InlineData(20), InlineData(70)]
    public void Inverse_and_determinant(int n)
    {
        var a = TestMatrix<T>.Random(n, n, 8);
        for (int i = 0; i < n; i++)
            a[i, i] += T.CreateTruncating(3);
        var lu = a.Clone();
        var inverse = new TestMatrix<T>(n, n);
        int* pivots = stackalloc int[n + 1];
        Lu.Factor(lu.Pointer, n, n, lu.Stride, pivots);
        Lu.Inverse(lu.Pointer, n, lu.Stride, pivots, inverse.Pointer, inverse.Stride);
        TestMatrix<T>.Near(TestMatrix<T>.Identity(n), TestMatrix<T>.Multiply(inverse.ToArray(), a.ToArray()), 200 + 50 * n);
        Complex determinant = TestMatrix<T>.Widen(Lu.Determinant(lu.Pointer, n, lu.Stride, pivots));
        Complex sign = TestMatrix<T>.Widen(Lu.SignAndLogDeterminant(lu.Pointer, n, lu.Stride, pivots, out double logarithm));
        if (n < 40)
            Assert.True(Complex.Abs(determinant - sign * Math.Exp(logarithm)) <= 100 * TestMatrix<T>.Epsilon * Complex.Abs(determinant));
    }

    [Fact]
    public void A_singular_matrix_names_its_first_zero_pivot()
    {
        var a = TestMatrix<T>.From(new Complex[,] { { 1, 2, 3 }, { 2, 4, 6 }, { 1, 1, 1 } });
        int* pivots = stackalloc int[3];
        Assert.Equal(3, Lu.Factor(a.Pointer, 3, 3, a.Stride, pivots));
        Assert.Equal((2, 3, 3), (pivots[0], pivots[1], pivots[2]));
        Assert.True(Lu.Determinant(a.Pointer, 3, a.Stride, pivots) == T.Zero);
        Assert.True(Lu.SignAndLogDeterminant(a.Pointer, 3, a.Stride, pivots, out double logarithm) == T.Zero);
        Assert.Equal(double.NegativeInfinity, logarithm);

        var zero = new TestMatrix<T>(40, 40);
        int* many = stackalloc int[40];
        Assert.Equal(1, Lu.Factor(zero.Pointer, 40, 40, zero.Stride, many));
        for (int i = 0; i < 40; i++)
            Assert.Equal(i + 1, many[i]);
    }

    [Fact]
    public void The_pivot_is_the_first_of_equal_ones()
    {
        var a = TestMatrix<T>.From(TestMatrix<T>.Map(50, 2, (i, j) => j == 0 ? i is 7 or 33 ? -5 : i % 5 : i));
        int* pivots = stackalloc int[2];
        Lu.Factor(a.Pointer, 50, 2, a.Stride, pivots);
        Assert.Equal(8, pivots[0]);
    }

    [Fact]
    public void A_NaN_passes_through()
    {
        var a = TestMatrix<T>.Random(60, 60, 9);
        a[30, 10] = TestMatrix<T>.Narrow(double.NaN);
        int* pivots = stackalloc int[60];
        Lu.Factor(a.Pointer, 60, 60, a.Stride, pivots);
        Assert.False(T.IsFinite(a[59, 59]));
    }
}

public sealed class LuSingleTests : LuTests<float>;
public sealed class LuDoubleTests : LuTests<double>;
public sealed class LuComplex64Tests : LuTests<Complex64>;
public sealed class LuComplexTests : LuTests<Complex>;
