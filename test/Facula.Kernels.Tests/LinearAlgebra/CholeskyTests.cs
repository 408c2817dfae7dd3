using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class CholeskyTests<T> where T : unmanaged, INumberBase<T>
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(16), InlineData(17), InlineData(64), InlineData(129), InlineData(200)]
    public void Factor_times_its_adjoint_is_the_matrix(int n)
    {
        var a = TestMatrix<T>.Positive(n, 11);
        foreach (bool upper in new[] { false, true })
        {
            var factor = a.Clone();
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (upper ? i > j : i < j)
                        factor[i, j] = TestMatrix<T>.Narrow(double.NaN);
            Assert.Equal(0, Cholesky.Factor(factor.Pointer, n, factor.Stride, upper));
            var values = factor.ToArray();
            var adjoint = TestMatrix<T>.Adjoint(values);
            TestMatrix<T>.Near(a.ToArray(), upper ? TestMatrix<T>.Multiply(adjoint, values) : TestMatrix<T>.Multiply(values, adjoint), 8);
            Assert.True(factor.GapsIntact());

            var x = TestMatrix<T>.Random(n, 5, 12);
            var b = TestMatrix<T>.From(TestMatrix<T>.Multiply(a.ToArray(), x.ToArray()));
            Cholesky.Solve(factor.Pointer, n, factor.Stride, upper, b.Pointer, b.Stride, 5);
            TestMatrix<T>.Near(x.ToArray(), b.ToArray(), 300);
            var inverse = new TestMatrix<T>(n, n);
            Cholesky.Inverse(factor.Pointer, n, factor.Stride, upper, inverse.Pointer, inverse.Stride);
            TestMatrix<T>.Near(TestMatrix<T>.Identity(n), TestMatrix<T>.Multiply(inverse.ToArray(), a.ToArray()), 300);
        }
    }

    [Theory]
    [InlineData(1, 0), InlineData(5, 3), InlineData(40, 0), InlineData(40, 39), InlineData(150, 77)]
    public void Names_the_minor_that_is_not_positive(int n, int at)
    {
        var a = TestMatrix<T>.From(TestMatrix<T>.Identity(n));
        a[at, at] = T.CreateTruncating(-1);
        Assert.Equal(at + 1, Cholesky.Factor(a.Pointer, n, a.Stride));
        a = TestMatrix<T>.From(TestMatrix<T>.Identity(n));
        a[at, at] = TestMatrix<T>.Narrow(double.NaN);
        Assert.Equal(at + 1, Cholesky.Factor(a.Pointer, n, a.Stride, upper: true));
    }
}

public sealed class CholeskySingleTests : CholeskyTests<float>;
public sealed class CholeskyDoubleTests : CholeskyTests<double>;
public sealed class CholeskyComplex64Tests : CholeskyTests<Complex64>;
public sealed class CholeskyComplexTests : CholeskyTests<Complex>;
