using System.Numerics;

namespace Facula.Kernels.Tests;

/// <summary>One product with rows longer than they need be, random contents, and the triple loop as the truth.</summary>
internal sealed class GemmCase<T> where T : unmanaged, INumberBase<T>
{
    public readonly int M, N, K, ARow, AColumn, BRow, BColumn, CRow;
    public readonly T[] A, B, C;
    public readonly T Alpha, Beta;

    public GemmCase(int m, int n, int k, bool transposeA, bool transposeB, T alpha, T beta, Func<int, int, T[]>? random = null)
    {
        random ??= Random;
        (M, N, K, Alpha, Beta) = (m, n, k, alpha, beta);
        (ARow, AColumn) = transposeA ? (1, m + 1) : (k + 2, 1);
        (BRow, BColumn) = transposeB ? (1, k + 3) : (n + 1, 1);
        CRow = n + 3;
        A = random(Math.Max(1, transposeA ? k * AColumn : m * ARow), 1);
        B = random(Math.Max(1, transposeB ? n * BColumn : k * BRow), 2);
        C = random(Math.Max(1, m * CRow), 3);
    }

    public static T[] Random(int count, int seed)
    {
        var random = new Random(seed);
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = T.CreateChecked(random.NextDouble() * 2 - 1);
        return values;
    }

    /// <summary>Checks the result against the triple loop in double, and that the gaps between rows are untouched.</summary>
    public void AssertClose(T[] result, Func<double, int, int, double>? finish = null)
    {
        double epsilon = typeof(T) == typeof(float) ? 1.2e-7 : 2.2e-16;
        double alpha = double.CreateChecked(Alpha), beta = double.CreateChecked(Beta);
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < CRow; j++)
            {
                int at = i * CRow + j;
                if (j >= N)
                {
                    Assert.Equal(C[at], result[at]);
                    continue;
                }
                double sum = 0, size = 1;
                for (int p = 0; p < K; p++)
                {
                    double term = double.CreateChecked(A[i * ARow + p * AColumn]) * double.CreateChecked(B[p * BRow + j * BColumn]);
                    sum += term;
                    size += Math.Abs(term);
                }
                sum = alpha * sum + (beta == 0 ? 0 : beta * double.CreateChecked(C[at]));
                if (finish != null)
                    sum = finish(sum, i, j);
                double got = double.CreateChecked(result[at]);
                if (!(Math.Abs(got - sum) <= 4 * epsilon * size))
                    Assert.Fail($"{M}x{N}x{K} [{i}, {j}]: {got} instead of {sum}");
            }
        }
    }
}
