using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class LdlTests<T> where T : unmanaged, INumberBase<T>
{
    private static TestMatrix<T> Symmetric(int n, bool hermitian, int seed)
    {
        var a = TestMatrix<T>.Random(n, n, seed).ToArray();
        return TestMatrix<T>.From(TestMatrix<T>.Map(n, n, (i, j) =>
        {
            Complex value = i >= j ? a[i, j] : hermitian ? Complex.Conjugate(a[j, i]) : a[j, i];
            return i != j ? value : hermitian ? value.Real * (i % 3) : value * (i % 3);
        }));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(10), InlineData(33), InlineData(80)]
    public void Solves_with_the_factors(int n)
    {
        foreach (bool hermitian in new[] { false, true })
        {
            var a = Symmetric(n, hermitian, 61);
            if (n == 1)
                a[0, 0] = T.One;
            var factors = a.Clone();
            for (int i = 0; i < n; i++)
                for (int j = i + 1; j < n; j++)
                    factors[i, j] = TestMatrix<T>.Narrow(double.NaN);
            int* pivots = stackalloc int[n + 1];
            Assert.Equal(0, Ldl.Factor(factors.Pointer, n, factors.Stride, hermitian, pivots));
            var x = TestMatrix<T>.Random(n, 3, 62);
            var b = TestMatrix<T>.From(TestMatrix<T>.Multiply(a.ToArray(), x.ToArray()));
            Ldl.Solve(factors.Pointer, n, factors.Stride, hermitian, pivots, b.Pointer, b.Stride, 3);
            TestMatrix<T>.Near(TestMatrix<T>.Multiply(a.ToArray(), x.ToArray()), TestMatrix<T>.Multiply(a.ToArray(), b.ToArray()), 500, TestMatrix<T>.Norm(a.ToArray()) * TestMatrix<T>.Norm(x.ToArray()));
            Assert.True(factors.GapsIntact() && b.GapsIntact());
        }
    }

    // torch.linalg.ldl_factor of the matrices below.
    private static readonly int[] RealPivots = [-4, -4, -5, -5, 5, 6], HermitianPivots = [-6, -6, 4, 4, -6, -6], ComplexPivots = [-4, -4, 3, 5, 5, 6];
    private static readonly double[] RealLastRow = [-0.75, -0.75, -0.0375, 0.28125, -0.337513436044, -5.053027588678];

    private static double Element(int i, int j) => i == j ? i * 5 % 3 - 1 : (i * 7 + j * 7 + i * j * 3) % 11 - 5;

    [Fact]
    public void Pivots_are_those_of_LAPACK()
    {
        int* pivots = stackalloc int[6];
        var a = TestMatrix<T>.From(TestMatrix<T>.Map(6, 6, (i, j) => Element(i, j)));
        Ldl.Factor(a.Pointer, 6, a.Stride, false, pivots);
        Assert.Equal(RealPivots, new Span<int>(pivots, 6).ToArray());
        for (int j = 0; j < 6; j++)
            Assert.Equal(RealLastRow[j], TestMatrix<T>.Widen(a[5, j]).Real, 2e-5);

        if (!TestMatrix<T>.IsComplex)
            return;
        a = TestMatrix<T>.From(TestMatrix<T>.Map(6, 6, (i, j) => new Complex(Element(i, j), (i - j) * (1 + (i + j) % 3))));
        Ldl.Factor(a.Pointer, 6, a.Stride, true, pivots);
        Assert.Equal(HermitianPivots, new Span<int>(pivots, 6).ToArray());
        a = TestMatrix<T>.From(TestMatrix<T>.Map(6, 6, (i, j) => new Complex(Element(i, j), (i + j) % 4 - 1.5)));
        Ldl.Factor(a.Pointer, 6, a.Stride, false, pivots);
        Assert.Equal(ComplexPivots, new Span<int>(pivots, 6).ToArray());
    }

    [Fact]
    public void A_zero_matrix_names_its_first_block()
    {
        var a = new TestMatrix<T>(3, 3);
        int* pivots = stackalloc int[3];
        Assert.Equal(1, Ldl.Factor(a.Pointer, 3, a.Stride, true, pivots));
        Assert.Equal((1, 2, 3), (pivots[0], pivots[1], pivots[2]));
    }
}

public sealed class LdlSingleTests : LdlTests<float>;
public sealed class LdlDoubleTests : LdlTests<double>;
public sealed class LdlComplex64Tests : LdlTests<Complex64>;
public sealed class LdlComplexTests : LdlTests<Complex>;
