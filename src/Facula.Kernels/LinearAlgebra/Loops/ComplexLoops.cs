using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>The loops of <see cref="VectorLoops"/> on complex numbers as pairs of floats or doubles; counts and strides are in numbers.</summary>
/// <remarks>Products by the real and by the imaginary part are summed apart, so that re and im change places once, not at every step.</remarks>
internal static unsafe class ComplexLoops
{
    /// <summary>Re and im exchanged in every pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exchange<T>(Vector512<T> value)
    {
        if (!Avx512F.IsSupported)
            return Vector512.Create(Exchange(value.GetLower()), Exchange(value.GetUpper()));
        if (typeof(T) == typeof(float))
            return Vector512.Shuffle(value.AsSingle(), Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)).As<float, T>();
        return Vector512.Shuffle(value.AsDouble(), Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Exchange<T>(Vector256<T> value)
    {
        if (typeof(T) == typeof(float))
            return Vector256.Shuffle(value.AsSingle(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<float, T>();
        return Vector256.Shuffle(value.AsDouble(), Vector256.Create(1L, 0, 3, 2)).As<double, T>();
    }

    /// <summary>−1, 1, −1, 1, …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AlternatingSigns<T>()
    {
        if (typeof(T) == typeof(float))
            return Vector512.Create(-1f, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1).As<float, T>();
        return Vector512.Create(-1.0, 1, -1, 1, -1, 1, -1, 1).As<double, T>();
    }

    /// <summary>The index of the first number of the largest |re| + |im|; a NaN is never larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint IndexOfLargest<T>(T* source, nint count) where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        nint i = 0, end = 2 * count, best = 0;
        T largest = T.Abs(source[0]) + T.Abs(source[1]);
        if (end >= lanes)
        {
            // Each lane keeps its own largest; which lane and where is found at the end.
            Vector512<T> top = Sizes(Vector512.Load(source));
            for (i = lanes; i <= end - lanes; i += lanes)
            {
                Vector512<T> sizes = Sizes(Vector512.Load(source + i));
                top = Vector512.ConditionalSelect(Vector512.GreaterThan(sizes, top), sizes, top);
            }

            if (T.IsNaN(Vector512.Sum(top)))
            {
                i = 2;
            }
            else
            {
                for (int lane = 0; lane < lanes; lane += 2)
                    largest = T.Max(largest, top[lane]);
                Vector512<T> wanted = Vector512.Create(largest);
                for (nint j = 0; j < i; j += lanes)
                {
                    ulong found = Vector512.Equals(Sizes(Vector512.Load(source + j)), wanted).ExtractMostSignificantBits();
                    if (found != 0)
                    {
                        best = (j + BitOperations.TrailingZeroCount(found)) / 2;
                        break;
                    }
                }
            }
        }
        else
        {
            i = 2;
        }

        for (; i < end; i += 2)
        {
            T size = T.Abs(source[i]) + T.Abs(source[i + 1]);
            if (size > largest)
            {
                largest = size;
                best = i / 2;
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Sizes<T>(Vector512<T> value)
    {
        Vector512<T> parts = Vector512.Abs(value);
        return parts + Exchange(parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled<T>(T* destination, T* source, T real, T imaginary, nint count) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> byReal = Vector512.Create(real), byImaginary = Vector512.Create(imaginary) * AlternatingSigns<T>();
        nint i = 0, end = 2 * count;
        for (; i <= end - lanes; i += lanes)
        {
            Vector512<T> x = Vector512.Load(source + i);
            Fma(byImaginary, Exchange(x), Fma(byReal, x, Vector512.Load(destination + i))).Store(destination + i);
        }

        for (; i < end; i += 2)
        {
            T re = source[i], im = source[i + 1];
            destination[i] += real * re - imaginary * im;
            destination[i + 1] += real * im + imaginary * re;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot<T>(T* left, T* right, nint count, bool conjugate, out double real, out double imaginary) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> straight0 = default, straight1 = default, crossed0 = default, crossed1 = default;
        nint i = 0, end = 2 * count;
        for (; i <= end - 2 * lanes; i += 2 * lanes)
        {
            Vector512<T> x0 = Vector512.Load(left + i), y0 = Vector512.Load(right + i);
            Vector512<T> x1 = Vector512.Load(left + i + lanes), y1 = Vector512.Load(right + i + lanes);
            straight0 = Fma(x0, y0, straight0);
            crossed0 = Fma(x0, Exchange(y0), crossed0);
            straight1 = Fma(x1, y1, straight1);
            crossed1 = Fma(x1, Exchange(y1), crossed1);
        }

        for (; i <= end - lanes; i += lanes)
        {
            Vector512<T> x = Vector512.Load(left + i), y = Vector512.Load(right + i);
            straight0 = Fma(x, y, straight0);
            crossed0 = Fma(x, Exchange(y), crossed0);
        }

        // straight: re·re, im·im; crossed: re·im′, im·re′.
        Vector512<T> signs = AlternatingSigns<T>(), straight = straight0 + straight1, crossed = crossed0 + crossed1;
        T re = conjugate ? Vector512.Sum(straight) : -Vector512.Sum(straight * signs);
        T im = conjugate ? -Vector512.Sum(crossed * signs) : Vector512.Sum(crossed);
        for (; i < end; i += 2)
        {
            T a = left[i], b = conjugate ? -left[i + 1] : left[i + 1];
            re += a * right[i] - b * right[i + 1];
            im += a * right[i + 1] + b * right[i];
        }

        real = double.CreateTruncating(re);
        imaginary = double.CreateTruncating(im);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CombineRows<T>(T* destination, T* rows, nint stride, T* coefficients, nint coefficientStep, nint rowCount, nint count, T alpha)
        where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count;
        stride *= 2;
        coefficientStep *= 2;
        Vector512<T> scale = Vector512.Create(alpha), turned = scale * AlternatingSigns<T>();
        nint j = 0, end = 2 * count;
        for (; j <= end - 2 * lanes; j += 2 * lanes)
        {
            Vector512<T> byReal0 = default, byReal1 = default, byImaginary0 = default, byImaginary1 = default;
            T* row = rows + j;
            T* coefficient = coefficients;
            for (nint k = rowCount; k > 0; k--)
            {
                Vector512<T> re = Vector512.Create(coefficient[0]), im = Vector512.Create(coefficient[1]);
                Vector512<T> x0 = Vector512.Load(row), x1 = Vector512.Load(row + lanes);
                byReal0 = Fma(re, x0, byReal0);
                byImaginary0 = Fma(im, x0, byImaginary0);
                byReal1 = Fma(re, x1, byReal1);
                byImaginary1 = Fma(im, x1, byImaginary1);
                row += stride;
                coefficient += coefficientStep;
            }

            Fma(turned, Exchange(byImaginary0), Fma(scale, byReal0, Vector512.Load(destination + j))).Store(destination + j);
            Fma(turned, Exchange(byImaginary1), Fma(scale, byReal1, Vector512.Load(destination + j + lanes))).Store(destination + j + lanes);
        }

        for (; j <= end - lanes; j += lanes)
        {
            Vector512<T> byReal = default, byImaginary = default;
            for (nint k = 0; k < rowCount; k++)
            {
                Vector512<T> x = Vector512.Load(rows + k * stride + j);
                byReal = Fma(Vector512.Create(coefficients[k * coefficientStep]), x, byReal);
                byImaginary = Fma(Vector512.Create(coefficients[k * coefficientStep + 1]), x, byImaginary);
            }

            Fma(turned, Exchange(byImaginary), Fma(scale, byReal, Vector512.Load(destination + j))).Store(destination + j);
        }

        for (; j < end; j += 2)
        {
            T re = T.Zero, im = T.Zero;
            for (nint k = 0; k < rowCount; k++)
            {
                T a = coefficients[k * coefficientStep], b = coefficients[k * coefficientStep + 1];
                T x = rows[k * stride + j], y = rows[k * stride + j + 1];
                re += a * x - b * y;
                im += a * y + b * x;
            }

            destination[j] += alpha * re;
            destination[j + 1] += alpha * im;
        }
    }
}
