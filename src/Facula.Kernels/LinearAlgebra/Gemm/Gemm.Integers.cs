namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    /// <summary>The product in uint8, wrapping around.</summary>
    public static void Multiply(byte* a, long aRow, long aColumn, byte* b, long bRow, long bColumn, byte* c, long cRow, long m, long n, long k, byte alpha = 1, byte beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in int8, wrapping around.</summary>
    public static void Multiply(sbyte* a, long aRow, long aColumn, sbyte* b, long bRow, long bColumn, sbyte* c, long cRow, long m, long n, long k, sbyte alpha = 1, sbyte beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in int16, wrapping around.</summary>
    public static void Multiply(short* a, long aRow, long aColumn, short* b, long bRow, long bColumn, short* c, long cRow, long m, long n, long k, short alpha = 1, short beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in int32, wrapping around.</summary>
    public static void Multiply(int* a, long aRow, long aColumn, int* b, long bRow, long bColumn, int* c, long cRow, long m, long n, long k, int alpha = 1, int beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in int64, wrapping around.</summary>
    public static void Multiply(long* a, long aRow, long aColumn, long* b, long bRow, long bColumn, long* c, long cRow, long m, long n, long k, long alpha = 1, long beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);
}
