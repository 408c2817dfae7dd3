using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class MatrixExponentialTests<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>Σ Aᵏ/k! of A/2ˢ, squared s times, in double.</summary>
    private static Complex[,] Reference(Complex[,] a)
    {
        int n = a.GetLength(0), squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(TestMatrix<T>.Norm(a) + 1e-9)) + 3);
        var x = TestMatrix<T>.Map(n, n, (i, j) => a[i, j] / Math.Pow(2, squarings));
        var sum = TestMatrix<T>.Identity(n);
        var term = TestMatrix<T>.Identity(n);
        for (int k = 1; k < 20; k++)
        {
            var next = TestMatrix<T>.Multiply(term, x);
            int order = k;
            term = TestMatrix<T>.Map(n, n, (i, j) => next[i, j] / order);
            var old = sum;
            var added = term;
            sum = TestMatrix<T>.Map(n, n, (i, j) => old[i, j] + added[i, j]);
        }

        for (int i = 0; i < squarings; i++)
            sum = TestMatrix<T>.Multiply(sum, sum);
        return sum;
    }

    [Theory]
    [InlineData(0, 1), InlineData(1, 1), InlineData(1, 5), InlineData(4, 1e-9), InlineData(4, 1e-4), InlineData(4, 1e-2), InlineData(5, 0.1), InlineData(5, 0.4)]
    [InlineData(6, 1), InlineData(6, 3), InlineData(20, 5), InlineData(65, 2)]
    public void Agrees_with_the_series(int n, double size)
    {
        var random = TestMatrix<T>.Random(n, n, 71).ToArray();
        // size is the largest sum of a column: every degree of the polynomial comes up.
        double norm = 0;
        for (int j = 0; j < n; j++)
            norm = Math.Max(norm, Enumerable.Range(0, n).Sum(i => Complex.Abs(random[i, j])));
        var a = TestMatrix<T>.From(TestMatrix<T>.Map(n, n, (i, j) => random[i, j] * (size / norm)));
        var result = new TestMatrix<T>(n, n);
        MatrixExponential.Compute(a.Pointer, n, a.Stride, result.Pointer, result.Stride);
        TestMatrix<T>.Near(Reference(a.ToArray()), result.ToArray(), 10 + 20 * size);
        Assert.True(result.GapsIntact());
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_spreads(double value)
    {
        var a = TestMatrix<T>.Random(3, 3, 1);
        a[1, 1] = TestMatrix<T>.Narrow(value);
        var result = new TestMatrix<T>(3, 3);
        MatrixExponential.Compute(a.Pointer, 3, a.Stride, result.Pointer, result.Stride);
        Assert.True(T.IsNaN(result[0, 2]));
    }
}

public sealed class MatrixExponentialSingleTests : MatrixExponentialTests<float>;
public sealed class MatrixExponentialDoubleTests : MatrixExponentialTests<double>;
public sealed class MatrixExponentialComplex64Tests : MatrixExponentialTests<Complex64>;
public sealed class MatrixExponentialComplexTests : MatrixExponentialTests<Complex>;
