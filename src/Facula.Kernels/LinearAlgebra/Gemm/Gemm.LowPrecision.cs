using System.Runtime.CompilerServices;

namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    /// <summary>The product in float16: widened to float, summed in float, rounded once at the end.</summary>
    public static void Multiply(Half* a, long aRow, long aColumn, Half* b, long bRow, long bColumn, Half* c, long cRow, long m, long n, long k, float alpha = 1, float beta = 0) =>
        Widened(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta);

    /// <summary>The product in bfloat16: widened to float, summed in float, rounded once at the end.</summary>
    public static void Multiply(BFloat16* a, long aRow, long aColumn, BFloat16* b, long bRow, long bColumn, BFloat16* c, long cRow, long m, long n, long k, float alpha = 1, float beta = 0) =>
        Widened(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta);

    private static void Widened<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, float alpha, float beta) where T : unmanaged
    {
        if (m <= 0 || n <= 0)
            return;
        using var room = Scratch.Rent<float>(m * k + k * n + m * n);
        float* wideA = (float*)room.Pointer, wideB = wideA + m * k, wideC = wideB + k * n;
        var (wideARow, wideAColumn) = Widen(a, aRow, aColumn, wideA, m, k);
        var (wideBRow, wideBColumn) = Widen(b, bRow, bColumn, wideB, k, n);
        if (beta != 0)
            WidenRows(c, cRow, 1, wideC, m, n);
        Multiply(wideA, wideARow, wideAColumn, wideB, wideBRow, wideBColumn, wideC, n, m, n, k, alpha, beta);
        NarrowRows(wideC, c, cRow, m, n);
    }

    /// <summary>Widens in the source's own order, so that a transpose stays one.</summary>
    private static (long Row, long Column) Widen<T>(T* source, long row, long column, float* destination, long rows, long columns) where T : unmanaged
    {
        if (Math.Abs(row) >= Math.Abs(column))
        {
            WidenRows(source, row, column, destination, rows, columns);
            return (columns, 1);
        }
        WidenRows(source, column, row, destination, columns, rows);
        return (1, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenRows<T>(T* source, long row, long column, float* destination, long rows, long columns) where T : unmanaged
    {
        for (long i = 0; i < rows; i++, source += row)
        {
            for (long j = 0; j < columns; j++)
            {
                T value = source[j * column];
                *destination++ = typeof(T) == typeof(Half) ? (float)*(Half*)&value : *(BFloat16*)&value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowRows<T>(float* source, T* destination, long row, long rows, long columns) where T : unmanaged
    {
        for (long i = 0; i < rows; i++, destination += row)
        {
            for (long j = 0; j < columns; j++)
            {
                if (typeof(T) == typeof(Half))
                    ((Half*)destination)[j] = (Half)(*source++);
                else
                    ((BFloat16*)destination)[j] = (BFloat16)(*source++);
            }
        }
    }
}
