using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>y = A·x for a Hermitian matrix of which only the upper triangle is read, every element of it once.</summary>
/// <remarks>
/// The rows start at a multiple of 64 bytes and are padded with zeros to whole vectors, as are x and y. Nothing below the diagonal counts,
/// whatever stands there.
/// </remarks>
internal static unsafe class SymmetricProduct
{
    /// <summary>Rows and columns from <paramref name="first"/> on; x is zero before that, what y holds there afterwards means nothing.</summary>
    public static void Multiply<T>(T* a, nint pitch, nint first, nint n, T* x, T* y) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Real((float*)a, pitch, first, n, (float*)x, (float*)y);
        else if (typeof(T) == typeof(double))
            Real((double*)a, pitch, first, n, (double*)x, (double*)y);
        else if (typeof(T) == typeof(Complex64))
            ComplexPairs((float*)a, 2 * pitch, first, n, (float*)x, (float*)y);
        else
            ComplexPairs((double*)a, 2 * pitch, first, n, (double*)x, (double*)y);
    }

    /// <summary>0, 1, 2, … or for pairs 0, 0, 1, 1, …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<R> Places<R>(int share)
    {
        if (typeof(R) == typeof(float))
            return (share == 1 ? Vector512.Create(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) : Vector512.Create(0f, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)).As<float, R>();
        return (share == 1 ? Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7) : Vector512.Create(0.0, 0, 1, 1, 2, 2, 3, 3)).As<double, R>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Real<R>(R* a, nint pitch, nint first, nint n, R* x, R* y) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count;
        nint start = first / lanes * lanes, width = (n + lanes - 1) / lanes * lanes;
        for (nint j = start; j < width; j += lanes)
            Vector512<R>.Zero.Store(y + j);
        Vector512<R> places = Places<R>(1);
        for (nint i = start; i < n; i += 4)
        {
            // The last rows may be fewer than four: those beyond are read as the last one, times zero.
            R* row0 = a + i * pitch, row1 = i + 1 < n ? row0 + pitch : row0, row2 = i + 2 < n ? row1 + pitch : row1, row3 = i + 3 < n ? row2 + pitch : row2;
            nint j = i / lanes * lanes;
            R at0 = R.CreateTruncating(i - j), at1 = at0 + R.One, at2 = at1 + R.One, at3 = at2 + R.One;
            Vector512<R> x0 = Vector512.Create(x[i]), x1 = Vector512.Create(x[i + 1]), x2 = Vector512.Create(x[i + 2]), x3 = Vector512.Create(x[i + 3]);
            Vector512<R> xj = Vector512.Load(x + j), yj = Vector512.Load(y + j);
            Vector512<R> zero = Vector512<R>.Zero, a0, a1, a2, a3;
            a0 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at0)), Vector512.Load(row0 + j), zero);
            a1 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at1)), Vector512.Load(row1 + j), zero);
            a2 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at2)), Vector512.Load(row2 + j), zero);
            a3 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at3)), Vector512.Load(row3 + j), zero);
            Fma(a3, x3, Fma(a2, x2, Fma(a1, x1, Fma(a0, x0, yj)))).Store(y + j);
            Vector512<R> sum0 = a0 * xj, sum1 = a1 * xj, sum2 = a2 * xj, sum3 = a3 * xj;
            for (j += lanes; j < width; j += lanes)
            {
                xj = Vector512.Load(x + j);
                yj = Vector512.Load(y + j);
                a0 = Vector512.Load(row0 + j);
                sum0 = Fma(a0, xj, sum0);
                yj = Fma(a0, x0, yj);
                a1 = Vector512.Load(row1 + j);
                sum1 = Fma(a1, xj, sum1);
                a2 = Vector512.Load(row2 + j);
                sum2 = Fma(a2, xj, sum2);
                Vector512<R> other = Fma(a1, x1, a2 * x2);
                a3 = Vector512.Load(row3 + j);
                sum3 = Fma(a3, xj, sum3);
                yj = Fma(a3, x3, yj);
                (yj + other).Store(y + j);
            }

            y[i] += Vector512.Sum(sum0) + row0[i] * x[i];
            if (i + 1 < n)
                y[i + 1] += Vector512.Sum(sum1) + row1[i + 1] * x[i + 1];
            if (i + 2 < n)
                y[i + 2] += Vector512.Sum(sum2) + row2[i + 2] * x[i + 2];
            if (i + 3 < n)
                y[i + 3] += Vector512.Sum(sum3) + row3[i + 3] * x[i + 3];
        }
    }

    /// <summary>Two rows at a time; y grows by conj(aᵢⱼ)·xᵢ along a row, and yᵢ is the row times x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComplexPairs<R>(R* a, nint pitch, nint first, nint n, R* x, R* y) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count, half = lanes / 2;
        nint start = first / half * lanes, width = (2 * n + lanes - 1) / lanes * lanes;
        for (nint j = start; j < width; j += lanes)
            Vector512<R>.Zero.Store(y + j);
        Vector512<R> places = Places<R>(2), signs = ComplexLoops.AlternatingSigns<R>();
        for (nint i = start / 2; i < n; i += 2)
        {
            R* row0 = a + i * pitch, row1 = i + 1 < n ? row0 + pitch : row0;
            nint j = 2 * i / lanes * lanes;
            R at0 = R.CreateTruncating(i - j / 2), at1 = at0 + R.One;
            R* xi = x + 2 * i;
            // conj(a)·xᵢ: re·a with the second sign turned, plus im·a exchanged.
            Vector512<R> real0 = -Vector512.Create(xi[0]) * signs, imaginary0 = Vector512.Create(xi[1]);
            Vector512<R> real1 = -Vector512.Create(xi[2]) * signs, imaginary1 = Vector512.Create(xi[3]);
            Vector512<R> straight0 = default, crossed0 = default, straight1 = default, crossed1 = default;
            Vector512<R> a0 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at0)), Vector512.Load(row0 + j), Vector512<R>.Zero);
            Vector512<R> a1 = Vector512.ConditionalSelect(Vector512.GreaterThan(places, Vector512.Create(at1)), Vector512.Load(row1 + j), Vector512<R>.Zero);
            while (true)
            {
                Vector512<R> xj = Vector512.Load(x + j), turned = ComplexLoops.Exchange(xj), yj = Vector512.Load(y + j);
                straight0 = Fma(a0, xj, straight0);
                crossed0 = Fma(a0, turned, crossed0);
                straight1 = Fma(a1, xj, straight1);
                crossed1 = Fma(a1, turned, crossed1);
                yj = Fma(a0, real0, Fma(ComplexLoops.Exchange(a0), imaginary0, yj));
                Fma(a1, real1, Fma(ComplexLoops.Exchange(a1), imaginary1, yj)).Store(y + j);
                j += lanes;
                if (j >= width)
                    break;
                a0 = Vector512.Load(row0 + j);
                a1 = Vector512.Load(row1 + j);
            }

            AddRow(y + 2 * i, straight0 * signs, crossed0, row0[2 * i], xi);
            if (i + 1 < n)
                AddRow(y + 2 * i + 2, straight1 * signs, crossed1, row1[2 * i + 2], xi + 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<R>(R* y, Vector512<R> straight, Vector512<R> crossed, R diagonal, R* x) where R : unmanaged, INumberBase<R>
    {
        y[0] += diagonal * x[0] - Vector512.Sum(straight);
        y[1] += diagonal * x[1] + Vector512.Sum(crossed);
    }
}
