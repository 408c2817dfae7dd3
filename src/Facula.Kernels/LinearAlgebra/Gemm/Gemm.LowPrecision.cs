using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    private static void WidenRows<T>(T* source, long row, long column, float* destination, long rows, long columns) where T : unmanaged
    {
        var body = new Widening<T> { Source = source, Row = row, Column = column, Destination = destination, Rows = rows, Columns = columns };
        body.RowsPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, columns));
        WorkerPool.Run((int)((rows + body.RowsPerChunk - 1) / body.RowsPerChunk), ref body);
    }

    private static void NarrowRows<T>(float* source, T* destination, long row, long rows, long columns) where T : unmanaged
    {
        var body = new Widening<T> { Source = destination, Row = row, Destination = source, Rows = rows, Columns = columns, Narrows = true };
        body.RowsPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(1, columns));
        WorkerPool.Run((int)((rows + body.RowsPerChunk - 1) / body.RowsPerChunk), ref body);
    }

    private const long ElementsPerChunk = 1 << 15;

    /// <summary>Rows of one conversion, to float or back.</summary>
    private struct Widening<T> : IParallelBody where T : unmanaged
    {
        public T* Source;
        public float* Destination;
        public long Row, Column, Rows, Columns, RowsPerChunk;
        public bool Narrows;

        public readonly void Run(int chunk)
        {
            for (long i = chunk * RowsPerChunk, end = Math.Min(Rows, i + RowsPerChunk); i < end; i++)
            {
                if (Narrows)
                    NarrowRow(Destination + i * Columns, Source + i * Row, Columns);
                else
                    WidenRow(Source + i * Row, Column, Destination + i * Columns, Columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenRow<T>(T* source, long stride, float* destination, long count) where T : unmanaged
    {
        long i = 0;
        for (; stride == 1 && i + 16 <= count; i += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Load((ushort*)source + i));
            (typeof(T) == typeof(Half) ? FromHalf(low) : (low << 16).AsSingle()).Store(destination + i);
            (typeof(T) == typeof(Half) ? FromHalf(high) : (high << 16).AsSingle()).Store(destination + i + 8);
        }
        for (; i < count; i++)
        {
            T value = source[i * stride];
            destination[i] = typeof(T) == typeof(Half) ? (float)*(Half*)&value : *(BFloat16*)&value;
        }
    }

    // The exponent's bias is mended by a product, which also normalises what is subnormal; infinities and NaN take the float's own exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FromHalf(Vector256<uint> bits)
    {
        var magnitude = (bits & Vector256.Create(0x7FFFu)) << 13;
        var value = (magnitude.AsSingle() * BitConverter.UInt32BitsToSingle(0x77800000)).AsUInt32();
        value |= Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x0F800000u)) & Vector256.Create(0x7F800000u);
        return (value | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NarrowRow<T>(float* source, T* destination, long count) where T : unmanaged
    {
        long i = 0;
        for (; typeof(T) == typeof(BFloat16) && i + 16 <= count; i += 16)
            Vector256.Narrow(Rounded(Vector256.Load(source + i)), Rounded(Vector256.Load(source + i + 8))).Store((ushort*)destination + i);
        for (; i < count; i++)
        {
            if (typeof(T) == typeof(Half))
                ((Half*)destination)[i] = (Half)source[i];
            else
                ((BFloat16*)destination)[i] = (BFloat16)source[i];
        }
    }

    // As the scalar conversion does: to nearest, ties to even, every NaN the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rounded(Vector256<float> value)
    {
        var bits = value.AsUInt32();
        var upper = (bits + Vector256.Create(0x7FFFu) + ((bits >>> 16) & Vector256<uint>.One)) >>> 16;
        return Vector256.ConditionalSelect(Vector256.Equals(value, value).AsUInt32(), upper, Vector256.Create(0x7FC0u));
    }
}
