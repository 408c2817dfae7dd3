using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class QrTests<T> where T : unmanaged, INumberBase<T>
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 2, 2 }, { 5, 3 }, { 3, 5 }, { 16, 16 }, { 33, 20 }, { 20, 33 }, { 70, 70 }, { 130, 100 }, { 40, 120 },
    };

    private static (TestMatrix<T> Factors, TestMatrix<T> Tau) Factor(TestMatrix<T> a)
    {
        var factors = a.Clone();
        var tau = new TestMatrix<T>(1, Math.Min(a.Rows, a.Columns));
        Qr.Factor(factors.Pointer, a.Rows, a.Columns, factors.Stride, tau.Pointer);
        Assert.True(factors.GapsIntact() && tau.GapsIntact());
        return (factors, tau);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Reduced_and_complete(int m, int n)
    {
        var a = TestMatrix<T>.Random(m, n, 21);
        var (factors, tau) = Factor(a);
        int least = Math.Min(m, n);
        foreach (int columns in new[] { least, m })
        {
            var r = TestMatrix<T>.Map(columns, n, (i, j) => i <= j && i < least ? TestMatrix<T>.Widen(factors[i, j]) : 0);
            var q = new TestMatrix<T>(m, columns);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < least; j++)
                    q[i, j] = factors[i, j];
            Qr.FormQ(q.Pointer, m, columns, least, q.Stride, tau.Pointer);
            TestMatrix<T>.Orthonormal(q.ToArray(), 10 + 2 * columns);
            TestMatrix<T>.Near(a.ToArray(), TestMatrix<T>.Multiply(q.ToArray(), r), 30);
            Assert.True(q.GapsIntact());
        }

        for (int i = 0; i < least; i++)
            Assert.Equal(0, TestMatrix<T>.Widen(factors[i, i]).Imaginary);
        if (least > 0 && m > 1)
            Assert.True(TestMatrix<T>.Widen(factors[0, 0]).Real * TestMatrix<T>.Widen(a[0, 0]).Real <= 0);
    }

    [Theory]
    [InlineData(5, 3, 4), InlineData(40, 40, 7), InlineData(100, 70, 1), InlineData(64, 64, 64)]
    public void Q_is_applied_from_both_sides(int m, int k, int other)
    {
        var (factors, tau) = Factor(TestMatrix<T>.Random(m, k, 22));
        var q = new TestMatrix<T>(m, m);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < k; j++)
                q[i, j] = factors[i, j];
        Qr.FormQ(q.Pointer, m, m, k, q.Stride, tau.Pointer);
        foreach (bool adjoint in new[] { false, true })
        {
            var factor = adjoint ? TestMatrix<T>.Adjoint(q.ToArray()) : q.ToArray();
            var c = TestMatrix<T>.Random(m, other, 23);
            var expected = TestMatrix<T>.Multiply(factor, c.ToArray());
            Qr.ApplyQ(factors.Pointer, m, k, factors.Stride, tau.Pointer, c.Pointer, c.Stride, other, left: true, adjoint);
            TestMatrix<T>.Near(expected, c.ToArray(), 40);
            c = TestMatrix<T>.Random(other, m, 24);
            expected = TestMatrix<T>.Multiply(c.ToArray(), factor);
            Qr.ApplyQ(factors.Pointer, m, k, factors.Stride, tau.Pointer, c.Pointer, c.Stride, other, left: false, adjoint);
            TestMatrix<T>.Near(expected, c.ToArray(), 40);
        }
    }

    [Fact]
    public void The_identity_is_not_reflected()
    {
        var (factors, tau) = Factor(TestMatrix<T>.From(TestMatrix<T>.Identity(5)));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(T.Zero, tau[0, i]);
            Assert.Equal(T.One, factors[i, i]);
        }
    }

    [Fact]
    public void Tiny_and_huge_columns_keep_their_accuracy()
    {
        double tiny = typeof(T) == typeof(float) || typeof(T) == typeof(Complex64) ? 1e-36 : 1e-300;
        foreach (double scale in new[] { tiny, 1 / tiny })
        {
            var a = TestMatrix<T>.From(TestMatrix<T>.Map(3, 1, (i, j) => scale * (i + 1)));
            var (factors, _) = Factor(a);
            Assert.Equal(-Math.Sqrt(14), TestMatrix<T>.Widen(factors[0, 0]).Real / scale, 5);
        }
    }
}

public sealed unsafe class QrSingleTests : QrTests<float>
{
    /// <summary>All elements of a column are rounded the same way: a factor that does not go with the rounded vector would show.</summary>
    [Fact]
    public void Equal_elements_keep_Q_orthonormal()
    {
        const int n = 256;
        var q = TestMatrix<float>.From(TestMatrix<float>.Map(n, n, (_, _) => 1));
        float[] tau = new float[n];
        fixed (float* t = tau)
        {
            Qr.Factor(q.Pointer, n, n, q.Stride, t);
            Qr.FormQ(q.Pointer, n, n, n, q.Stride, t);
        }

        TestMatrix<float>.Orthonormal(q.ToArray(), 2 * n);
    }
}

public sealed class QrDoubleTests : QrTests<double>;
public sealed class QrComplex64Tests : QrTests<Complex64>;
public sealed class QrComplexTests : QrTests<Complex>;
