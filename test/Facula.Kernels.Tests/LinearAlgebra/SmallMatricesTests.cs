using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

/// <summary>Small matrices side by side against plain arithmetic in double, in groups that fill the lanes and that do not.</summary>
public abstract unsafe class SmallMatricesTests<T> where T : unmanaged, INumberBase<T>
{
    private static readonly double Epsilon = typeof(T) == typeof(float) ? 1.1920928955078125e-07 : 2.220446049250313e-16;

    public static TheoryData<int, int> Groups => new()
    {
        { 1, 1 }, { 1, MatrixLanes<T>.Lanes }, { 2, 3 }, { 3, MatrixLanes<T>.Lanes }, { 4, 5 }, { 8, MatrixLanes<T>.Lanes }, { 13, MatrixLanes<T>.Lanes - 1 }, { 32, MatrixLanes<T>.Lanes },
    };

    private static T[] Random(int length, int seed, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating((random.NextDouble() * 2 - 1) * scale))];
    }

    private static T[] Symmetric(int count, int n, int seed, double scale = 1)
    {
        T[] a = Random(count * n * n, seed, scale);
        for (int l = 0; l < count; l++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++)
                    a[(l * n + i) * n + j] = a[(l * n + j) * n + i];
        return a;
    }

    private static double[,] At(T[] batch, int matrix, int rows, int columns)
    {
        var result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                result[i, j] = double.CreateTruncating(batch[(matrix * rows + i) * columns + j]);
        return result;
    }

    private static double[,] Multiply(double[,] a, double[,] b, bool transposeA = false, bool transposeB = false)
    {
        int m = a.GetLength(transposeA ? 1 : 0), k = a.GetLength(transposeA ? 0 : 1), n = b.GetLength(transposeB ? 0 : 1);
        var result = new double[m, n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                for (int p = 0; p < k; p++)
                    result[i, j] += (transposeA ? a[p, i] : a[i, p]) * (transposeB ? b[j, p] : b[p, j]);
        return result;
    }

    private static double Norm(double[,] a) => Math.Sqrt(a.Cast<double>().Sum(x => x * x));

    /// <summary>‖a − b‖ within a multiple of ε · size.</summary>
    private static void Near(double[,] a, double[,] b, double multiple, double size)
    {
        double distance = 0;
        for (int i = 0; i < a.GetLength(0); i++)
            for (int j = 0; j < a.GetLength(1); j++)
                distance += (a[i, j] - b[i, j]) * (a[i, j] - b[i, j]);
        Assert.True(Math.Sqrt(distance) <= multiple * Epsilon * size, $"{Math.Sqrt(distance) / Epsilon / size} ε");
    }

    private static double[,] Identity(int n)
    {
        var result = new double[n, n];
        for (int i = 0; i < n; i++)
            result[i, i] = 1;
        return result;
    }

    [Theory, MemberData(nameof(Groups))]
    public void Solve_inverse_factors_and_determinant(int n, int count)
    {
        T[] a = Random(count * n * n, 1), b = Random(count * n * 3, 2), x = [.. b], inverse = new T[a.Length], factors = [.. a], single = [.. a], det = new T[count];
        int[] info = new int[count], pivots = new int[count * n], expected = new int[n];
        fixed (T* pa = a, px = x, pi = inverse, pf = factors, ps = single, pd = det)
        fixed (int* pn = info, pp = pivots, pe = expected)
        {
            SmallMatrices<T>.Solve(pa, px, count, n, 3, pn);
            Assert.All(info, i => Assert.Equal(0, i));
            SmallMatrices<T>.Inverse(pa, pi, count, n, pn);
            SmallMatrices<T>.FactorLu(pf, count, n, pp, pn);
            SmallMatrices<T>.Determinant(pa, count, n, pd);
            for (int l = 0; l < count; l++)
            {
                double[,] matrix = At(a, l, n, n), solution = At(x, l, n, 3), reverse = At(inverse, l, n, n);
                Near(Multiply(matrix, solution), At(b, l, n, 3), 20 * n, Norm(matrix) * Norm(solution));
                Near(Multiply(matrix, reverse), Identity(n), 20 * n, Norm(matrix) * Norm(reverse));
                Lu.Factor(ps + l * n * n, n, n, n, pe);
                Assert.Equal(expected, pivots[(l * n)..((l + 1) * n)]);
                Near(At(factors, l, n, n), At(single, l, n, n), 20 * n, Norm(At(single, l, n, n)));
                double product = double.CreateTruncating(Lu.Determinant(ps + l * n * n, n, n, pe));
                Assert.True(Math.Abs(product - double.CreateTruncating(det[l])) <= 50 * n * n * Epsilon * Math.Abs(product));
            }
        }
    }

    [Fact]
    public void A_singular_matrix_harms_no_neighbour()
    {
        const int n = 4;
        int count = MatrixLanes<T>.Lanes;
        T[] a = Random(count * n * n, 3), other = [.. a], b = Random(count * n, 4), x = [.. b], y = [.. b];
        for (int j = 0; j < n; j++)
            other[2 * n * n + 3 * n + j] = other[2 * n * n + n + j];
        int[] info = new int[count], second = new int[count];
        fixed (T* pa = a, po = other, px = x, py = y)
        fixed (int* pi = info, ps = second)
        {
            SmallMatrices<T>.Solve(pa, px, count, n, 1, pi);
            SmallMatrices<T>.Solve(po, py, count, n, 1, ps);
        }

        Assert.Equal(n, second[2]);
        for (int l = 0; l < count; l++)
            if (l != 2)
                Assert.Equal(x[(l * n)..((l + 1) * n)], y[(l * n)..((l + 1) * n)]);
        Assert.Equal(1, second.Count(i => i != 0));
    }

    [Theory, MemberData(nameof(Groups))]
    public void Cholesky_of_both_triangles(int n, int count)
    {
        T[] root = Random(count * n * n, 5), a = new T[count * n * n];
        for (int l = 0; l < count; l++)
        {
            double[,] r = At(root, l, n, n), square = Multiply(r, r, transposeB: true);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    a[(l * n + i) * n + j] = T.CreateTruncating(square[i, j] + (i == j ? 1 : 0));
        }

        int[] info = new int[count];
        foreach (bool upper in new[] { false, true })
        {
            T[] factor = [.. a];
            if (count > 2)
                factor[2 * n * n + (n - 1) * (n + 1)] = T.CreateTruncating(-1000);
            fixed (T* pf = factor)
            fixed (int* pi = info)
                SmallMatrices<T>.FactorCholesky(pf, count, n, upper, pi);
            for (int l = 0; l < count; l++)
            {
                Assert.Equal(l == 2 ? n : 0, info[l]);
                if (l == 2)
                    continue;
                double[,] f = At(factor, l, n, n), matrix = At(a, l, n, n);
                Near(Multiply(f, f, transposeA: upper, transposeB: !upper), matrix, 20 * n, Norm(matrix));
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < n; j++)
                        Assert.True(upper ? i <= j || f[i, j] == 0 : i >= j || f[i, j] == 0);
            }
        }
    }

    [Theory, MemberData(nameof(Groups))]
    public void Triangular_systems_from_both_sides(int n, int count)
    {
        const int sides = 6;
        T[] a = Random(count * n * n, 7), b = Random(count * n * sides, 8);
        for (int l = 0; l < count; l++)
            for (int i = 0; i < n; i++)
                a[l * n * n + i * (n + 1)] += T.CreateTruncating(n + 1);
        foreach (bool upper in new[] { false, true })
        {
            foreach (bool unit in new[] { false, true })
            {
                foreach (bool left in new[] { false, true })
                {
                    T[] x = [.. b];
                    fixed (T* pa = a, px = x)
                        SmallMatrices<T>.SolveTriangular(pa, px, count, n, sides, upper, unit, left);
                    for (int l = 0; l < count; l++)
                    {
                        double[,] matrix = At(a, l, n, n);
                        for (int i = 0; i < n; i++)
                            for (int j = 0; j < n; j++)
                                matrix[i, j] = i == j && unit ? 1 : i == j || upper == i < j ? matrix[i, j] : 0;
                        double[,] right = left ? At(b, l, n, sides) : At(b, l, sides, n), solution = left ? At(x, l, n, sides) : At(x, l, sides, n);
                        Near(left ? Multiply(matrix, solution) : Multiply(solution, matrix), right, 20 * n, Norm(matrix) * Norm(solution));
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Groups))]
    public void Systems_with_Cholesky_factors(int n, int count)
    {
        const int sides = 3;
        T[] factors = Random(count * n * n, 9), b = Random(count * n * sides, 10);
        for (int l = 0; l < count; l++)
            for (int i = 0; i < n; i++)
                factors[l * n * n + i * (n + 1)] += T.CreateTruncating(n + 1);
        foreach (bool upper in new[] { false, true })
        {
            T[] x = [.. b];
            fixed (T* pf = factors, px = x)
                SmallMatrices<T>.SolveCholesky(pf, px, count, n, sides, upper);
            for (int l = 0; l < count; l++)
            {
                double[,] f = At(factors, l, n, n);
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < n; j++)
                        f[i, j] = i == j || upper == i < j ? f[i, j] : 0;
                double[,] product = Multiply(f, f, transposeA: upper, transposeB: !upper), solution = At(x, l, n, sides);
                Near(Multiply(product, solution), At(b, l, n, sides), 40 * n, Norm(product) * Norm(solution));
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 1e0), InlineData(3, 3, 1e0), InlineData(8, 5, 1e25), InlineData(5, 8, 1e-25), InlineData(7, 1, 1e0), InlineData(32, 32, 1e0)]
    public void Qr_has_the_signs_of_the_kernel_for_one_matrix(int m, int n, double scale)
    {
        int count = MatrixLanes<T>.Lanes - 1, k = Math.Min(m, n);
        T[] a = Random(count * m * n, 6, scale), r = new T[count * k * n], q = new T[count * m * k], single = [.. a], tau = new T[k];
        fixed (T* pa = a, pr = r, pq = q, ps = single, pt = tau)
        {
            SmallMatrices<T>.Qr(pa, count, m, n, k, pr, pq);
            for (int l = 0; l < count; l++)
            {
                double[,] matrix = At(a, l, m, n), left = At(q, l, m, k), right = At(r, l, k, n);
                Near(Multiply(left, left, transposeA: true), Identity(k), 10 * m, 1);
                Near(Multiply(left, right), matrix, 20 * m, Norm(matrix));
                Qr.Factor(ps + l * m * n, m, n, n, pt);
                double[,] expected = At(single, l, m, n);
                for (int i = 0; i < k; i++)
                    for (int j = 0; j < n; j++)
                        Assert.True(Math.Abs(right[i, j] - (j < i ? 0 : expected[i, j])) <= 100 * m * Epsilon * Norm(matrix));
            }
        }
    }

    [Theory, MemberData(nameof(Groups))]
    public void Eigenvalues_and_vectors(int n, int count)
    {
        foreach (double scale in new[] { 1, 1e30, 1e-30 })
            foreach (bool upper in new[] { false, true })
                CheckEigen(Symmetric(count, n, 7, scale), count, n, upper);
    }

    [Fact]
    public void Eigenvalues_of_special_matrices()
    {
        const int n = 6;
        int count = MatrixLanes<T>.Lanes;
        T[] a = new T[count * n * n];
        for (int l = 1; l < count; l++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    a[(l * n + i) * n + j] = T.CreateTruncating(l switch { 1 => i == j ? 1 : 0, 2 => 1, 3 => i + j == n - 1 ? 1 : 0, _ => i == j ? i % 2 : Math.Abs(i - j) == 1 ? 1e-4 : 0 });
        CheckEigen(a, count, n, upper: false);
    }

    private static void CheckEigen(T[] a, int count, int n, bool upper)
    {
        // What stands in the other triangle is of no matter.
        T[] half = [.. a], values = new T[count * n], vectors = new T[a.Length], alone = new T[count * n];
        for (int l = 0; l < count; l++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (upper ? i > j : i < j)
                        half[(l * n + i) * n + j] = T.CreateTruncating(double.NaN);
        int[] info = new int[count];
        fixed (T* pa = half, pw = values, pv = vectors, pn = alone)
        fixed (int* pi = info)
        {
            SmallMatrices<T>.Eigen(pa, count, n, upper, pw, pv, pi);
            SmallMatrices<T>.Eigen(pa, count, n, upper, pn, null, pi);
        }

        Assert.All(info, i => Assert.Equal(0, i));
        Assert.Equal(values, alone);
        for (int l = 0; l < count; l++)
        {
            double[,] matrix = At(a, l, n, n), v = At(vectors, l, n, n), scaled = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    scaled[i, j] = v[i, j] * double.CreateTruncating(values[l * n + j]);
                Assert.True(i == 0 || double.CreateTruncating(values[l * n + i - 1]) <= double.CreateTruncating(values[l * n + i]));
            }

            Near(Multiply(v, v, transposeA: true), Identity(n), 20 * n, 1);
            Near(Multiply(matrix, v), scaled, 20 * n, Norm(matrix));
        }
    }

    [Theory]
    [InlineData(1, 1, 1e0), InlineData(3, 3, 1e0), InlineData(8, 5, 1e30), InlineData(5, 8, 1e-30), InlineData(7, 1, 1e0), InlineData(1, 7, 1e0), InlineData(32, 32, 1e0)]
    public void Singular_values_and_vectors(int m, int n, double scale)
    {
        int count = MatrixLanes<T>.Lanes - 2;
        CheckSvd(Random(count * m * n, 8, scale), count, m, n);
    }

    [Fact]
    public void Singular_values_of_special_matrices()
    {
        const int n = 5;
        int count = MatrixLanes<T>.Lanes;
        T[] a = new T[count * n * n];
        for (int l = 1; l < count; l++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    a[(l * n + i) * n + j] = T.CreateTruncating(l switch { 1 => i == j ? 1 : 0, 2 => 1, 3 => i == 0 ? j : 0, 4 => j == 2 ? 0 : (i * 7 + j * 3) % 5, _ => Math.Pow(10, -i) * ((i * 3 + j * j) % 7 - 3) });
        CheckSvd(a, count, n, n);
    }

    private static void CheckSvd(T[] a, int count, int m, int n)
    {
        int k = Math.Min(m, n);
        T[] values = new T[count * k], u = new T[count * m * k], vh = new T[count * k * n], alone = new T[count * k];
        int[] info = new int[count];
        fixed (T* pa = a, ps = values, pu = u, pv = vh, pn = alone)
        fixed (int* pi = info)
        {
            SmallMatrices<T>.SingularValues(pa, count, m, n, ps, pu, pv, pi);
            Assert.All(info, i => Assert.Equal(0, i));
            SmallMatrices<T>.SingularValues(pa, count, m, n, pn, null, null, pi);
            Assert.All(info, i => Assert.Equal(0, i));
        }

        for (int l = 0; l < count; l++)
        {
            double[,] matrix = At(a, l, m, n), left = At(u, l, m, k), right = At(vh, l, k, n), scaled = new double[m, k];
            for (int j = 0; j < k; j++)
            {
                double value = double.CreateTruncating(values[l * k + j]);
                Assert.True(value >= 0 && (j == 0 || value <= double.CreateTruncating(values[l * k + j - 1])));
                Assert.True(Math.Abs(value - double.CreateTruncating(alone[l * k + j])) <= 20 * n * Epsilon * Norm(matrix));
                for (int i = 0; i < m; i++)
                    scaled[i, j] = left[i, j] * value;
            }

            Near(Multiply(left, left, transposeA: true), Identity(k), 20 * n + 20 * m, 1);
            Near(Multiply(right, right, transposeB: true), Identity(k), 20 * n + 20 * m, 1);
            Near(Multiply(scaled, right), matrix, 20 * n + 20 * m, Norm(matrix));
        }
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_told_of_its_matrix_alone(double value)
    {
        const int n = 3;
        int count = MatrixLanes<T>.Lanes;
        T[] a = Symmetric(count, n, 9), values = new T[count * n], u = new T[a.Length], vh = new T[a.Length];
        a[n * n + 4] = T.CreateTruncating(value);
        int[] info = new int[count], expected = new int[count];
        expected[1] = -1;
        fixed (T* pa = a, ps = values, pu = u, pv = vh)
        fixed (int* pi = info)
        {
            SmallMatrices<T>.Eigen(pa, count, n, false, ps, pu, pi);
            Assert.Equal(expected, info);
            SmallMatrices<T>.SingularValues(pa, count, n, n, ps, pu, pv, pi);
            Assert.Equal(expected, info);
        }
    }
}

public sealed class SmallMatricesSingleTests : SmallMatricesTests<float>;
public sealed class SmallMatricesDoubleTests : SmallMatricesTests<double>;
