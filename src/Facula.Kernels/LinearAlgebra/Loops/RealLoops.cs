using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The loops of <see cref="VectorLoops"/> on float and double.</summary>
internal static unsafe class RealLoops
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fma<T>(Vector512<T> left, Vector512<T> right, Vector512<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        return Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma<T>(Vector256<T> left, Vector256<T> right, Vector256<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        return Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma<T>(Vector128<T> left, Vector128<T> right, Vector128<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        return Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled<T>(T* destination, T* source, T alpha, nint count) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count, small = Vector128<T>.Count;
        Vector512<T> factor = Vector512.Create(alpha);
        nint i = 0;
        for (; i <= count - 2 * lanes; i += 2 * lanes)
        {
            Vector512<T> first = Fma(factor, Vector512.Load(source + i), Vector512.Load(destination + i));
            Vector512<T> second = Fma(factor, Vector512.Load(source + i + lanes), Vector512.Load(destination + i + lanes));
            first.Store(destination + i);
            second.Store(destination + i + lanes);
        }

        Vector128<T> narrow = Vector128.Create(alpha);
        for (; i <= count - small; i += small)
            Fma(narrow, Vector128.Load(source + i), Vector128.Load(destination + i)).Store(destination + i);
        for (; i < count; i++)
            destination[i] += alpha * source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<T>(T* destination, T alpha, nint count) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(alpha);
        nint i = 0;
        for (; i <= count - lanes; i += lanes)
            (Vector512.Load(destination + i) * factor).Store(destination + i);
        for (; i < count; i++)
            destination[i] *= alpha;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(T* left, T* right, nint count) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count, small = Vector128<T>.Count;
        Vector512<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint i = 0;
        for (; i <= count - 4 * lanes; i += 4 * lanes)
        {
            sum0 = Fma(Vector512.Load(left + i), Vector512.Load(right + i), sum0);
            sum1 = Fma(Vector512.Load(left + i + lanes), Vector512.Load(right + i + lanes), sum1);
            sum2 = Fma(Vector512.Load(left + i + 2 * lanes), Vector512.Load(right + i + 2 * lanes), sum2);
            sum3 = Fma(Vector512.Load(left + i + 3 * lanes), Vector512.Load(right + i + 3 * lanes), sum3);
        }

        for (; i <= count - lanes; i += lanes)
            sum0 = Fma(Vector512.Load(left + i), Vector512.Load(right + i), sum0);
        Vector128<T> rest = default;
        for (; i <= count - small; i += small)
            rest = Fma(Vector128.Load(left + i), Vector128.Load(right + i), rest);
        T sum = Vector512.Sum(sum0 + sum1 + (sum2 + sum3)) + Vector128.Sum(rest);
        for (; i < count; i++)
            sum += left[i] * right[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* source, nint count)
    {
        Vector512<double> even = default, odd = default;
        nint i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Load(source + i));
            even = Fma(low, low, even);
            odd = Fma(high, high, odd);
        }

        double sum = Vector512.Sum(even + odd);
        for (; i < count; i++)
            sum += (double)source[i] * source[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CombineRows<T>(T* destination, T* rows, nint stride, T* coefficients, nint coefficientStep, nint rowCount, nint count, T alpha)
        where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count, small = Vector128<T>.Count;
        Vector512<T> scale = Vector512.Create(alpha);
        nint j = 0;
        for (; j <= count - 4 * lanes; j += 4 * lanes)
        {
            Vector512<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            T* row = rows + j;
            T* coefficient = coefficients;
            for (nint k = rowCount; k > 0; k--)
            {
                Vector512<T> factor = Vector512.Create(*coefficient);
                sum0 = Fma(factor, Vector512.Load(row), sum0);
                sum1 = Fma(factor, Vector512.Load(row + lanes), sum1);
                sum2 = Fma(factor, Vector512.Load(row + 2 * lanes), sum2);
                sum3 = Fma(factor, Vector512.Load(row + 3 * lanes), sum3);
                row += stride;
                coefficient += coefficientStep;
            }

            Fma(scale, sum0, Vector512.Load(destination + j)).Store(destination + j);
            Fma(scale, sum1, Vector512.Load(destination + j + lanes)).Store(destination + j + lanes);
            Fma(scale, sum2, Vector512.Load(destination + j + 2 * lanes)).Store(destination + j + 2 * lanes);
            Fma(scale, sum3, Vector512.Load(destination + j + 3 * lanes)).Store(destination + j + 3 * lanes);
        }

        for (; j <= count - lanes; j += lanes)
        {
            Vector512<T> even = default, odd = default;
            nint k = 0;
            for (; k <= rowCount - 2; k += 2)
            {
                even = Fma(Vector512.Create(coefficients[k * coefficientStep]), Vector512.Load(rows + k * stride + j), even);
                odd = Fma(Vector512.Create(coefficients[(k + 1) * coefficientStep]), Vector512.Load(rows + (k + 1) * stride + j), odd);
            }

            if (k < rowCount)
                even = Fma(Vector512.Create(coefficients[k * coefficientStep]), Vector512.Load(rows + k * stride + j), even);
            Fma(scale, even + odd, Vector512.Load(destination + j)).Store(destination + j);
        }

        for (; j <= count - small; j += small)
        {
            Vector128<T> sum = default;
            for (nint k = 0; k < rowCount; k++)
                sum = Fma(Vector128.Create(coefficients[k * coefficientStep]), Vector128.Load(rows + k * stride + j), sum);
            Fma(Vector128.Create(alpha), sum, Vector128.Load(destination + j)).Store(destination + j);
        }

        for (; j < count; j++)
        {
            T sum = T.Zero;
            for (nint k = 0; k < rowCount; k++)
                sum += coefficients[k * coefficientStep] * rows[k * stride + j];
            destination[j] += alpha * sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowDots<T>(T* destination, nint destinationStep, T* rows, nint stride, T* vector, nint rowCount, nint count)
        where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count, small = Vector128<T>.Count;
        nint i = 0;
        for (; i <= rowCount - 4; i += 4)
        {
            T* row0 = rows + i * stride, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
            Vector512<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            nint j = 0;
            for (; j <= count - lanes; j += lanes)
            {
                Vector512<T> x = Vector512.Load(vector + j);
                sum0 = Fma(x, Vector512.Load(row0 + j), sum0);
                sum1 = Fma(x, Vector512.Load(row1 + j), sum1);
                sum2 = Fma(x, Vector512.Load(row2 + j), sum2);
                sum3 = Fma(x, Vector512.Load(row3 + j), sum3);
            }

            T total0 = Vector512.Sum(sum0), total1 = Vector512.Sum(sum1), total2 = Vector512.Sum(sum2), total3 = Vector512.Sum(sum3);
            if (j <= count - small)
            {
                Vector128<T> rest0 = default, rest1 = default, rest2 = default, rest3 = default;
                for (; j <= count - small; j += small)
                {
                    Vector128<T> x = Vector128.Load(vector + j);
                    rest0 = Fma(x, Vector128.Load(row0 + j), rest0);
                    rest1 = Fma(x, Vector128.Load(row1 + j), rest1);
                    rest2 = Fma(x, Vector128.Load(row2 + j), rest2);
                    rest3 = Fma(x, Vector128.Load(row3 + j), rest3);
                }

                total0 += Vector128.Sum(rest0);
                total1 += Vector128.Sum(rest1);
                total2 += Vector128.Sum(rest2);
                total3 += Vector128.Sum(rest3);
            }

            for (; j < count; j++)
            {
                total0 += vector[j] * row0[j];
                total1 += vector[j] * row1[j];
                total2 += vector[j] * row2[j];
                total3 += vector[j] * row3[j];
            }

            destination[i * destinationStep] = total0;
            destination[(i + 1) * destinationStep] = total1;
            destination[(i + 2) * destinationStep] = total2;
            destination[(i + 3) * destinationStep] = total3;
        }

        for (; i < rowCount; i++)
            destination[i * destinationStep] = Dot(rows + i * stride, vector, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite<T>(T* source, nint count) where T : unmanaged, INumberBase<T>
    {
        // x·0 is 0 for finite x only, and a NaN stays one in a sum.
        int lanes = Vector512<T>.Count;
        Vector512<T> sum = default;
        nint i = 0;
        for (; i <= count - lanes; i += lanes)
            sum += Vector512.Load(source + i) * Vector512<T>.Zero;
        T rest = Vector512.Sum(sum);
        for (; i < count; i++)
            rest += source[i] * T.Zero;
        return rest == T.Zero;
    }

    /// <summary>Floats as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(float* source, double* destination, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (low, high) = Vector512.Widen(Vector512.Load(source + i));
            low.Store(destination + i);
            high.Store(destination + i + Vector512<double>.Count);
        }

        for (; i < count; i++)
            destination[i] = source[i];
    }

    /// <summary>The index of the first element of the largest absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint IndexOfLargest<T>(T* source, nint count) where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        nint best = 0, i = 1;
        T largest = T.Abs(source[0]);
        if (count >= 2 * lanes)
        {
            // First the size, then where it stands: a NaN or an infinity falls through to the plain loop.
            Vector512<T> top = Vector512.Abs(Vector512.Load(source));
            Vector512<T> sum = top;
            nint j = lanes;
            for (; j <= count - lanes; j += lanes)
            {
                Vector512<T> value = Vector512.Abs(Vector512.Load(source + j));
                sum += value;
                top = Vector512.Max(top, value);
            }

            Vector512<T> last = Vector512.Abs(Vector512.Load(source + count - lanes));
            top = Vector512.Max(top, last);
            if (T.IsFinite(Vector512.Sum(sum + last)))
            {
                T most = top[0];
                for (int k = 1; k < lanes; k++)
                    most = T.Max(most, top[k]);
                Vector512<T> wanted = Vector512.Create(most);
                for (j = 0; j <= count - lanes; j += lanes)
                {
                    ulong found = Vector512.Equals(Vector512.Abs(Vector512.Load(source + j)), wanted).ExtractMostSignificantBits();
                    if (found != 0)
                        return j + BitOperations.TrailingZeroCount(found);
                }

                i = j;
                for (; i < count; i++)
                    if (T.Abs(source[i]) == most)
                        return i;
            }

            i = 1;
        }

        for (; i < count; i++)
        {
            T size = T.Abs(source[i]);
            if (size > largest)
            {
                largest = size;
                best = i;
            }
        }

        return best;
    }
}
