using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class LeastSquaresTests<T> where T : unmanaged, INumberBase<T>
{
    private static double Rcond(TestMatrix<T> a) => TestMatrix<T>.Epsilon * Math.Max(a.Rows, a.Columns);

    private static TestMatrix<T> BySvd(TestMatrix<T> a, TestMatrix<T> b, out int rank, out double[] values)
    {
        var x = new TestMatrix<T>(a.Columns, b.Columns);
        values = new double[Math.Min(a.Rows, a.Columns)];
        fixed (double* pointer = values)
            Assert.Equal(0, LeastSquares.SolveSvd(a.Pointer, a.Rows, a.Columns, a.Stride, b.Pointer, b.Stride, b.Columns, x.Pointer, x.Stride, pointer, Rcond(a), out rank));
        return x;
    }

    private static TestMatrix<T> ByPivotedQr(TestMatrix<T> a, TestMatrix<T> b, out int rank)
    {
        var x = new TestMatrix<T>(a.Columns, b.Columns);
        LeastSquares.SolvePivotedQr(a.Pointer, a.Rows, a.Columns, a.Stride, b.Pointer, b.Stride, b.Columns, x.Pointer, x.Stride, Rcond(a), out rank);
        return x;
    }

    private static void CheckOptimal(TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> x)
    {
        // The residual is orthogonal to the columns of A.
        var product = TestMatrix<T>.Multiply(a.ToArray(), x.ToArray());
        var target = b.ToArray();
        var residual = TestMatrix<T>.Map(a.Rows, b.Columns, (i, j) => target[i, j] - product[i, j]);
        var gradient = TestMatrix<T>.Multiply(TestMatrix<T>.Adjoint(a.ToArray()), residual);
        double size = TestMatrix<T>.Norm(a.ToArray()) * TestMatrix<T>.Norm(a.ToArray()) * TestMatrix<T>.Norm(x.ToArray()) + TestMatrix<T>.Norm(a.ToArray()) * TestMatrix<T>.Norm(target);
        TestMatrix<T>.Near(new Complex[a.Columns, b.Columns], gradient, 50, size);
        Assert.True(x.GapsIntact());
    }

    [Theory]
    [InlineData(1, 1, 1), InlineData(5, 3, 2), InlineData(3, 5, 2), InlineData(20, 20, 1), InlineData(60, 40, 7), InlineData(40, 60, 7), InlineData(50, 1, 3)]
    public void Full_rank_by_every_driver(int m, int n, int sides)
    {
        var a = TestMatrix<T>.Random(m, n, 81);
        var b = TestMatrix<T>.Random(m, sides, 82);
        var x = new TestMatrix<T>(n, sides);
        Assert.Equal(0, LeastSquares.SolveQr(a.Pointer, m, n, a.Stride, b.Pointer, b.Stride, sides, x.Pointer, x.Stride));
        CheckOptimal(a, b, x);
        var svd = BySvd(a, b, out int rank, out _);
        CheckOptimal(a, b, svd);
        Assert.Equal(Math.Min(m, n), rank);
        var pivoted = ByPivotedQr(a, b, out rank);
        CheckOptimal(a, b, pivoted);
        Assert.Equal(Math.Min(m, n), rank);
        // One minimiser, or the shortest of many.
        double condition = 3e4;
        TestMatrix<T>.Near(svd.ToArray(), x.ToArray(), condition);
        TestMatrix<T>.Near(svd.ToArray(), pivoted.ToArray(), condition);
    }

    [Theory]
    [InlineData(6, 4, 2), InlineData(4, 6, 2), InlineData(30, 30, 11), InlineData(8, 3, 0)]
    public void Deficient_rank(int m, int n, int expected)
    {
        var a = TestMatrix<T>.From(TestMatrix<T>.Multiply(TestMatrix<T>.Random(m, expected, 83).ToArray(), TestMatrix<T>.Random(expected, n, 84).ToArray()));
        var b = TestMatrix<T>.Random(m, 2, 85);
        var svd = BySvd(a, b, out int rank, out var values);
        Assert.Equal(expected, rank);
        Assert.True(values.Length <= expected || values[expected] <= 100 * TestMatrix<T>.Epsilon * values[0]);
        var pivoted = ByPivotedQr(a, b, out rank);
        Assert.Equal(expected, rank);
        TestMatrix<T>.Near(svd.ToArray(), pivoted.ToArray(), 3e3);
        CheckOptimal(a, b, svd);
    }

    [Fact]
    public void A_zero_on_the_diagonal_is_named()
    {
        var a = TestMatrix<T>.From(new Complex[,] { { 1, 0 }, { 0, 0 }, { 0, 0 } });
        var b = TestMatrix<T>.Random(3, 1, 1);
        var x = new TestMatrix<T>(2, 1);
        Assert.Equal(2, LeastSquares.SolveQr(a.Pointer, 3, 2, a.Stride, b.Pointer, b.Stride, 1, x.Pointer, x.Stride));
    }
}

public sealed class LeastSquaresSingleTests : LeastSquaresTests<float>;
public sealed class LeastSquaresDoubleTests : LeastSquaresTests<double>;
public sealed class LeastSquaresComplex64Tests : LeastSquaresTests<Complex64>;
public sealed class LeastSquaresComplexTests : LeastSquaresTests<Complex>;
