using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

public abstract unsafe class TriangularTests<T> where T : unmanaged, INumberBase<T>
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 0, 3 }, { 1, 1 }, { 2, 0 }, { 2, 5 }, { 5, 1 }, { 16, 3 }, { 17, 1 }, { 24, 20 }, { 25, 64 }, { 63, 7 }, { 100, 130 }, { 129, 2 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Solves_every_variant(int n, int sides)
    {
        for (int variant = 0; variant < 32; variant++)
            Check(n, sides, upper: (variant & 1) != 0, unit: (variant & 2) != 0, transposed: (variant & 4) != 0, conjugate: (variant & 8) != 0, left: (variant & 16) != 0);
    }

    private static void Check(int n, int sides, bool upper, bool unit, bool transposed, bool conjugate, bool left)
    {
        var a = TestMatrix<T>.Random(n, n, 3);
        for (int i = 0; i < n; i++)
        {
            // Off-diagonal elements small enough that a unit triangle is well conditioned.
            for (int j = 0; j < n; j++)
                a[i, j] = TestMatrix<T>.Narrow(TestMatrix<T>.Widen(a[i, j]) * (2.0 / n));
            a[i, i] += T.CreateTruncating(2);
        }

        var x = left ? TestMatrix<T>.Random(n, sides, 4) : TestMatrix<T>.Random(sides, n, 4);
        var full = TestMatrix<T>.Map(n, n, (i, j) =>
        {
            int row = transposed ? j : i, column = transposed ? i : j;
            bool inside = upper ? row < column : row > column;
            Complex value = row == column ? unit ? 1 : TestMatrix<T>.Widen(a[row, row]) : inside ? TestMatrix<T>.Widen(a[row, column]) : 0;
            return conjugate ? Complex.Conjugate(value) : value;
        });
        var b = TestMatrix<T>.From(left ? TestMatrix<T>.Multiply(full, x.ToArray()) : TestMatrix<T>.Multiply(x.ToArray(), full));
        // What lies outside the triangle must not matter.
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if ((i == j && unit) || (upper ? i > j : i < j))
                    a[i, j] = TestMatrix<T>.Narrow(double.NaN);

        long row = transposed ? 1 : a.Stride, column = transposed ? a.Stride : 1;
        if (left)
            Triangular.SolveLeft(a.Pointer, row, column, upper ^ transposed, unit, conjugate, b.Pointer, b.Stride, n, sides);
        else
            Triangular.SolveRight(a.Pointer, row, column, upper ^ transposed, unit, conjugate, b.Pointer, b.Stride, n, sides);
        TestMatrix<T>.Near(x.ToArray(), b.ToArray(), 60);
        Assert.True(b.GapsIntact());
    }

    [Fact]
    public void A_zero_on_the_diagonal_gives_infinities()
    {
        var a = TestMatrix<T>.From(new Complex[,] { { 1, 0 }, { 1, 0 } });
        var b = TestMatrix<T>.From(new Complex[,] { { 1, 1, 1, 1, 1 }, { 2, 2, 2, 2, 2 } });
        Triangular.SolveLeft(a.Pointer, a.Stride, 1, upper: false, unit: false, conjugate: false, b.Pointer, b.Stride, 2, 5);
        Assert.Equal(T.One, b[0, 0]);
        Assert.False(T.IsFinite(b[1, 4]));
    }
}

public sealed class TriangularSingleTests : TriangularTests<float>;
public sealed class TriangularDoubleTests : TriangularTests<double>;
public sealed class TriangularComplex64Tests : TriangularTests<Complex64>;
public sealed class TriangularComplexTests : TriangularTests<Complex>;
