using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The vector loops under the matrix algorithms, for all four element types.</summary>
internal static unsafe class VectorLoops
{
    /// <summary>destination += alpha · source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled<T>(T* destination, T* source, T alpha, nint count) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            RealLoops.AddScaled((float*)destination, (float*)source, (float)(object)alpha, count);
        else if (typeof(T) == typeof(double))
            RealLoops.AddScaled((double*)destination, (double*)source, (double)(object)alpha, count);
        else if (typeof(T) == typeof(Complex64))
            ComplexLoops.AddScaled((float*)destination, (float*)source, ((Complex64)(object)alpha).Real, ((Complex64)(object)alpha).Imaginary, count);
        else
            ComplexLoops.AddScaled((double*)destination, (double*)source, ((Complex)(object)alpha).Real, ((Complex)(object)alpha).Imaginary, count);
    }

    /// <summary>destination *= alpha.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<T>(T* destination, T alpha, nint count) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
            RealLoops.Scale((float*)destination, (float)(object)alpha, count);
        else if (typeof(T) == typeof(double))
            RealLoops.Scale((double*)destination, (double)(object)alpha, count);
        else
            for (nint i = 0; i < count; i++)
                destination[i] *= alpha;
    }

    /// <summary>destination *= alpha for a real factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScaleReal<T>(T* destination, double alpha, nint count) where T : unmanaged
    {
        if (Scalars.IsSingle<T>())
            RealLoops.Scale((float*)destination, (float)alpha, Scalars.IsComplex<T>() ? 2 * count : count);
        else
            RealLoops.Scale((double*)destination, alpha, Scalars.IsComplex<T>() ? 2 * count : count);
    }

    /// <summary>Σ conj(left)·right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot<T>(T* left, T* right, nint count) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (T)(object)RealLoops.Dot((float*)left, (float*)right, count);
        if (typeof(T) == typeof(double))
            return (T)(object)RealLoops.Dot((double*)left, (double*)right, count);
        double real, imaginary;
        if (typeof(T) == typeof(Complex64))
            ComplexLoops.Dot((float*)left, (float*)right, count, conjugate: true, out real, out imaginary);
        else
            ComplexLoops.Dot((double*)left, (double*)right, count, conjugate: true, out real, out imaginary);
        return Scalars.Create<T>(real, imaginary);
    }

    /// <summary>Σ left·right, nothing conjugated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T DotPlain<T>(T* left, T* right, nint count) where T : unmanaged
    {
        double real, imaginary;
        if (typeof(T) == typeof(Complex64))
            ComplexLoops.Dot((float*)left, (float*)right, count, conjugate: false, out real, out imaginary);
        else if (typeof(T) == typeof(Complex))
            ComplexLoops.Dot((double*)left, (double*)right, count, conjugate: false, out real, out imaginary);
        else
            return Dot(left, right, count);
        return Scalars.Create<T>(real, imaginary);
    }

    /// <summary>destination += alpha · Σₖ coefficientₖ · rowₖ: a row vector times a matrix, four vectors of columns in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CombineRows<T>(T* destination, T* rows, nint stride, T* coefficients, nint coefficientStep, nint rowCount, nint count, double alpha = 1)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            RealLoops.CombineRows((float*)destination, (float*)rows, stride, (float*)coefficients, coefficientStep, rowCount, count, (float)alpha);
        else if (typeof(T) == typeof(double))
            RealLoops.CombineRows((double*)destination, (double*)rows, stride, (double*)coefficients, coefficientStep, rowCount, count, alpha);
        else if (typeof(T) == typeof(Complex64))
            ComplexLoops.CombineRows((float*)destination, (float*)rows, stride, (float*)coefficients, coefficientStep, rowCount, count, (float)alpha);
        else
            ComplexLoops.CombineRows((double*)destination, (double*)rows, stride, (double*)coefficients, coefficientStep, rowCount, count, alpha);
    }

    /// <summary>destinationᵢ = Σⱼ rowᵢⱼ · vectorⱼ, or with the rows conjugated: a matrix times a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowDots<T>(T* destination, nint destinationStep, T* rows, nint stride, T* vector, nint rowCount, nint count, bool conjugate = false)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            RealLoops.RowDots((float*)destination, destinationStep, (float*)rows, stride, (float*)vector, rowCount, count);
        else if (typeof(T) == typeof(double))
            RealLoops.RowDots((double*)destination, destinationStep, (double*)rows, stride, (double*)vector, rowCount, count);
        else
            for (nint i = 0; i < rowCount; i++)
                destination[i * destinationStep] = conjugate ? Dot(rows + i * stride, vector, count) : DotPlain(rows + i * stride, vector, count);
    }

    /// <summary>The square root of Σ|x|², without overflow or underflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Norm<T>(T* source, nint count, nint step = 1) where T : unmanaged
    {
        if (step == 1)
        {
            double fast = Scalars.RealPart(Dot(source, source, count));
            bool safe = Scalars.IsSingle<T>() ? fast is > 1e-25 and < 1e35 : fast is > 1e-200 and < 1e200;
            if (safe)
                return Math.Sqrt(fast);
        }

        double largest = 0;
        if (!Scalars.IsSingle<T>())
        {
            for (nint i = 0; i < count; i++)
                largest = Math.Max(largest, Scalars.Size(source[i * step]));
            if (largest == 0 || !double.IsFinite(largest))
                return largest;
        }

        double scale = largest is 0 or > 1e-140 and < 1e140 ? 1 : largest < 1e-300 ? 1e250 : 1 / largest;
        double sum = 0;
        for (nint i = 0; i < count; i++)
        {
            double real = Scalars.RealPart(source[i * step]) * scale, imaginary = Scalars.ImaginaryPart(source[i * step]) * scale;
            sum += real * real + imaginary * imaginary;
        }

        return Math.Sqrt(sum) / scale;
    }

    /// <summary>Σ|x|², summed in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares<T>(T* source, nint count, nint step = 1) where T : unmanaged
    {
        if (step == 1)
        {
            nint parts = Scalars.IsComplex<T>() ? 2 * count : count;
            return Scalars.IsSingle<T>() ? RealLoops.SumOfSquares((float*)source, parts) : RealLoops.Dot((double*)source, (double*)source, parts);
        }

        double sum = 0;
        for (nint i = 0; i < count; i++)
            sum += Scalars.MagnitudeSquared(source[i * step]);
        return sum;
    }

    /// <summary>Swaps two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Swap<T>(T* left, T* right, nint count) where T : unmanaged
    {
        var first = new Span<T>(left, (int)count);
        var second = new Span<T>(right, (int)count);
        for (int i = 0; i < first.Length; i++)
            (first[i], second[i]) = (second[i], first[i]);
    }

    /// <summary>Copies a matrix, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* source, nint sourceStride, T* destination, nint destinationStride, nint rows, nint columns) where T : unmanaged
    {
        for (nint i = 0; i < rows; i++)
            Buffer.MemoryCopy(source + i * sourceStride, destination + i * destinationStride, columns * sizeof(T), columns * sizeof(T));
    }

    /// <summary>Copies the transpose, in squares that stay in the first-level cache; conjugated on demand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(T* source, nint sourceStride, T* destination, nint destinationStride, nint rows, nint columns, bool conjugate = false)
        where T : unmanaged
    {
        const int side = 16;
        bool turn = conjugate && Scalars.IsComplex<T>();
        for (nint i0 = 0; i0 < rows; i0 += side)
        {
            nint iEnd = Math.Min(i0 + side, rows);
            for (nint j0 = 0; j0 < columns; j0 += side)
            {
                nint jEnd = Math.Min(j0 + side, columns);
                for (nint j = j0; j < jEnd; j++)
                {
                    T* target = destination + j * destinationStride;
                    T* from = source + j;
                    if (turn)
                        for (nint i = i0; i < iEnd; i++)
                            target[i] = Scalars.Conjugate(from[i * sourceStride]);
                    else
                        for (nint i = i0; i < iEnd; i++)
                            target[i] = from[i * sourceStride];
                }
            }
        }
    }

    /// <summary>The largest absolute value among all real and imaginary parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LargestPart<T>(T* source, nint count) where T : unmanaged
    {
        nint reals = Scalars.IsComplex<T>() ? 2 * count : count;
        if (reals == 0)
            return 0;
        if (Scalars.IsSingle<T>())
            return Math.Abs(((float*)source)[RealLoops.IndexOfLargest((float*)source, reals)]);
        return Math.Abs(((double*)source)[RealLoops.IndexOfLargest((double*)source, reals)]);
    }

    /// <summary>Whether every element is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite<T>(T* source, nint stride, nint rows, nint columns) where T : unmanaged
    {
        for (nint i = 0; i < rows; i++)
        {
            bool finite = Scalars.IsSingle<T>()
                ? RealLoops.AllFinite((float*)(source + i * stride), Scalars.IsComplex<T>() ? 2 * columns : columns)
                : RealLoops.AllFinite((double*)(source + i * stride), Scalars.IsComplex<T>() ? 2 * columns : columns);
            if (!finite)
                return false;
        }

        return true;
    }
}
