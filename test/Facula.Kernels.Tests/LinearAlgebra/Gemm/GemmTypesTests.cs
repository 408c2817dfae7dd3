using System.Numerics;

namespace Facula.Kernels.Tests;

public unsafe class GemmTypesTests
{
    [Theory]
    [InlineData(3, 4, 5)]
    [InlineData(70, 130, 41)]
    [InlineData(1, 100, 33)]
    [InlineData(100, 1, 33)]
    [InlineData(130, 150, 260)]
    public void IntegersWrapAround(int m, int n, int k)
    {
        CheckIntegers<byte>(m, n, k);
        CheckIntegers<sbyte>(m, n, k);
        CheckIntegers<short>(m, n, k);
        CheckIntegers<int>(m, n, k);
        CheckIntegers<long>(m, n, k);
    }

    private static void CheckIntegers<T>(int m, int n, int k) where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var (transposeA, transposeB, alpha, beta) in ((bool, bool, int, int)[])[(false, false, 1, 0), (true, false, 3, 1), (false, true, 1, 2), (true, true, 2, 0)])
        {
            var p = new GemmCase<T>(m, n, k, transposeA, transposeB, T.CreateTruncating(alpha), T.CreateTruncating(beta), RandomBits<T>);
            var c = (T[])p.C.Clone();
            fixed (T* pa = p.A, pb = p.B, pc = c)
                Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, m, n, k, p.Alpha, p.Beta);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    T sum = T.Zero;
                    for (int q = 0; q < k; q++)
                        sum += p.A[i * p.ARow + q * p.AColumn] * p.B[q * p.BRow + j * p.BColumn];
                    Assert.Equal(sum * p.Alpha + p.C[i * p.CRow + j] * p.Beta, c[i * p.CRow + j]);
                }
            }
        }
    }

    private static T[] RandomBits<T>(int count, int seed) where T : unmanaged, IBinaryInteger<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = T.CreateTruncating(random.NextInt64());
        return values;
    }

    [Fact]
    public void LowPrecisionConvertsEveryNumber()
    {
        const int count = 1 << 16;
        var halves = new Half[count];
        var brains = new BFloat16[count];
        for (int i = 0; i < count; i++)
        {
            halves[i] = BitConverter.UInt16BitsToHalf((ushort)i);
            brains[i] = BFloat16.FromBits((ushort)i);
        }
        var halfResults = new Half[2 * count];
        var brainResults = new BFloat16[2 * count];
        Half[] halfFactors = [Half.One, (Half)2];
        BFloat16[] brainFactors = [BFloat16.One, (BFloat16)1.01f];
        fixed (Half* a = halfFactors, b = halves, c = halfResults)
            Gemm.Multiply(a, 1, 1, b, count, 1, c, count, 2, count, 1);
        fixed (BFloat16* a = brainFactors, b = brains, c = brainResults)
            Gemm.Multiply(a, 1, 1, b, count, 1, c, count, 2, count, 1);
        for (int i = 0; i < 2 * count; i++)
        {
            Assert.Equal((Half)((float)halves[i % count] * (float)halfFactors[i / count]), halfResults[i]);
            Assert.Equal((BFloat16)(brains[i % count] * (float)brainFactors[i / count]), brainResults[i]);
        }
    }

    [Theory]
    [InlineData(5, 6, 7, false, false)]
    [InlineData(40, 33, 300, true, false)]
    [InlineData(20, 50, 64, false, true)]
    public void LowPrecisionSumsInFloat(int m, int n, int k, bool transposeA, bool transposeB)
    {
        var p = new GemmCase<float>(m, n, k, transposeA, transposeB, 0.5f, 1);
        // Values that both types hold exactly.
        for (int i = 0; i < p.A.Length; i++)
            p.A[i] = MathF.Round(p.A[i] * 8);
        for (int i = 0; i < p.B.Length; i++)
            p.B[i] = MathF.Round(p.B[i] * 8);
        for (int i = 0; i < p.C.Length; i++)
            p.C[i] = MathF.Round(p.C[i] * 8);
        BFloat16[] ba = Array.ConvertAll(p.A, x => (BFloat16)x), bb = Array.ConvertAll(p.B, x => (BFloat16)x), bc = Array.ConvertAll(p.C, x => (BFloat16)x);
        Half[] ha = Array.ConvertAll(p.A, x => (Half)x), hb = Array.ConvertAll(p.B, x => (Half)x), hc = Array.ConvertAll(p.C, x => (Half)x);
        fixed (BFloat16* pa = ba, pb = bb, pc = bc)
            Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, m, n, k, 0.5f, 1);
        fixed (Half* pa = ha, pb = hb, pc = hc)
            Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, m, n, k, 0.5f, 1);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = 0;
                for (int q = 0; q < k; q++)
                    sum += p.A[i * p.ARow + q * p.AColumn] * p.B[q * p.BRow + j * p.BColumn];
                sum = sum * 0.5f + p.C[i * p.CRow + j];
                Assert.Equal((BFloat16)sum, bc[i * p.CRow + j]);
                Assert.Equal((Half)sum, hc[i * p.CRow + j]);
            }
        }
    }

    [Theory]
    [InlineData(4, 5, 6)]
    [InlineData(30, 40, 50)]
    public void ComplexProductsMayConjugate(int m, int n, int k)
    {
        foreach (int which in (int[])[0, 1, 2, 3])
        {
            bool conjugateA = (which & 1) != 0, conjugateB = (which & 2) != 0;
            Complex alpha = which == 0 ? 1 : new Complex(0.5, -1), beta = which == 1 ? 0 : new Complex(-0.25, 2);
            var p = new GemmCase<Complex>(m, n, k, conjugateA, conjugateB, alpha, beta, RandomComplex);
            var c = (Complex[])p.C.Clone();
            var narrow = Array.ConvertAll(p.C, x => (Complex64)x);
            fixed (Complex* pa = p.A, pb = p.B, pc = c)
                Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, m, n, k, alpha, beta, conjugateA, conjugateB);
            fixed (Complex64* pa = Array.ConvertAll(p.A, x => (Complex64)x), pb = Array.ConvertAll(p.B, x => (Complex64)x), pc = narrow)
                Gemm.Multiply(pa, p.ARow, p.AColumn, pb, p.BRow, p.BColumn, pc, p.CRow, m, n, k, (Complex64)alpha, (Complex64)beta, conjugateA, conjugateB);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    Complex sum = 0;
                    for (int q = 0; q < k; q++)
                    {
                        Complex x = p.A[i * p.ARow + q * p.AColumn], y = p.B[q * p.BRow + j * p.BColumn];
                        sum += (conjugateA ? Complex.Conjugate(x) : x) * (conjugateB ? Complex.Conjugate(y) : y);
                    }
                    sum = alpha * sum + beta * p.C[i * p.CRow + j];
                    Assert.True((sum - c[i * p.CRow + j]).Magnitude < 1e-12);
                    Assert.True((sum - (Complex)narrow[i * p.CRow + j]).Magnitude < 1e-4);
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1), InlineData(1, 9), InlineData(3, 40), InlineData(16, 77), InlineData(17, 77), InlineData(2, 1000), InlineData(40, 33)]
    public void ComplexVectorsAreDottedWhereTheyLie(int m, int k)
    {
        Complex[] a = RandomComplex(m * (k + 2), 1), b = RandomComplex(k, 2), start = RandomComplex(3 * m, 3);
        foreach (int which in (int[])[0, 1, 2, 3])
        {
            bool conjugateA = (which & 1) != 0, conjugateB = (which & 2) != 0;
            Complex beta = which < 2 ? 0 : -0.5;
            var c = (Complex[])start.Clone();
            var narrow = Array.ConvertAll(start, x => (Complex64)x);
            fixed (Complex* pa = a, pb = b, pc = c)
                Gemm.Multiply(pa, k + 2, 1, pb, 1, 1, pc, 3, m, 1, k, 2, beta, conjugateA, conjugateB);
            fixed (Complex64* pa = Array.ConvertAll(a, x => (Complex64)x), pb = Array.ConvertAll(b, x => (Complex64)x), pc = narrow)
                Gemm.Multiply(pa, k + 2, 1, pb, 1, 1, pc, 3, m, 1, k, (Complex64)2, (Complex64)beta, conjugateA, conjugateB);
            for (int i = 0; i < m; i++)
            {
                Complex sum = beta * start[3 * i];
                for (int q = 0; q < k; q++)
                    sum += 2 * (conjugateA ? Complex.Conjugate(a[i * (k + 2) + q]) : a[i * (k + 2) + q]) * (conjugateB ? Complex.Conjugate(b[q]) : b[q]);
                Assert.True((sum - c[3 * i]).Magnitude < 1e-12);
                Assert.True((sum - (Complex)narrow[3 * i]).Magnitude < 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(3, 5, 4), InlineData(4, 1, 4), InlineData(16, 17, 9), InlineData(7, 2, 40)]
    public void BatchesOfIntegersWrapAround(int m, int n, int k)
    {
        CheckIntegerBatch<long>(m, n, k);
        CheckIntegerBatch<int>(m, n, k);
        CheckIntegerBatch<byte>(m, n, k);
    }

    private static void CheckIntegerBatch<T>(int m, int n, int k) where T : unmanaged, IBinaryInteger<T>
    {
        const int Batch = 5;
        T[] a = RandomBits<T>(Batch * m * k, 1), b = RandomBits<T>(Batch * k * n, 2), c = RandomBits<T>(Batch * m * n, 3), before = (T[])c.Clone();
        T alpha = T.CreateTruncating(3), beta = T.CreateTruncating(-2);
        fixed (T* pa = a, pb = b, pc = c)
            Gemm.MultiplyBatched(pa, m * k, k, 1, pb, k * n, n, 1, pc, m * n, n, Batch, m, n, k, alpha, beta);
        for (int at = 0; at < c.Length; at++)
        {
            int batch = at / (m * n), i = at / n % m, j = at % n;
            T sum = T.Zero;
            for (int q = 0; q < k; q++)
                sum += a[batch * m * k + i * k + q] * b[batch * k * n + q * n + j];
            Assert.Equal(sum * alpha + before[at] * beta, c[at]);
        }
    }

    private static Complex[] RandomComplex(int count, int seed)
    {
        var random = new Random(seed);
        var values = new Complex[count];
        for (int i = 0; i < count; i++)
            values[i] = new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        return values;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(200_003)]
    public void DotsOfAnyStride(int count)
    {
        var a = GemmCase<double>.Random(3 * count, 1);
        var b = GemmCase<double>.Random(3 * count, 2);
        fixed (double* pa = a, pb = b)
        {
            foreach (var (x, y) in ((int, int)[])[(1, 1), (3, 1), (2, 3)])
            {
                double sum = 0;
                for (int i = 0; i < count; i++)
                    sum += a[i * x] * b[i * y];
                Assert.Equal(sum, Gemm.Dot(pa, x, pb, y, count), 1e-9);
            }
        }
    }

    [Fact]
    public void BatchesRepeatOrFoldSharedFactors()
    {
        foreach (var (m, sharedA, sharedB) in ((int, bool, bool)[])[(4, false, false), (4, true, false), (4, false, true), (1, false, true), (70, false, true)])
        {
            const int Batch = 6, N = 9, K = 5;
            var a = GemmCase<float>.Random((sharedA ? 1 : Batch) * m * K, 1);
            var b = GemmCase<float>.Random((sharedB ? 1 : Batch) * K * N, 2);
            var c = new float[Batch * m * N];
            fixed (float* pa = a, pb = b, pc = c)
                Gemm.MultiplyBatched(pa, sharedA ? 0 : m * K, K, 1, pb, sharedB ? 0 : K * N, N, 1, pc, m * N, N, Batch, m, N, K);
            for (int i = 0; i < c.Length; i++)
            {
                int batch = i / (m * N), row = i / N % m, column = i % N;
                double sum = 0;
                for (int q = 0; q < K; q++)
                    sum += (double)a[(sharedA ? 0 : batch * m * K) + row * K + q] * b[(sharedB ? 0 : batch * K * N) + q * N + column];
                Assert.Equal(sum, c[i], 1e-5);
            }
        }
    }
}
