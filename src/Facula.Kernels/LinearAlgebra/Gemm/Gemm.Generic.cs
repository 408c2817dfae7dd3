using System.Numerics;

namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    /// <summary>A batch of products in any type that <see cref="Multiply{T}"/> takes; a batch stride of zero repeats a factor.</summary>
    public static void MultiplyBatched<T>(
        T* a, long aBatch, long aRow, long aColumn, T* b, long bBatch, long bRow, long bColumn, T* c, long cBatch, long cRow,
        long batch, long m, long n, long k, T alpha, T beta) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            MultiplyBatched((float*)a, aBatch, aRow, aColumn, (float*)b, bBatch, bRow, bColumn, (float*)c, cBatch, cRow, batch, m, n, k, *(float*)&alpha, *(float*)&beta, default(GemmEpilogue<float>));
        else if (typeof(T) == typeof(double))
            MultiplyBatched((double*)a, aBatch, aRow, aColumn, (double*)b, bBatch, bRow, bColumn, (double*)c, cBatch, cRow, batch, m, n, k, *(double*)&alpha, *(double*)&beta, default(GemmEpilogue<double>));
        else if (typeof(T) == typeof(Complex64) && aColumn == 1 && (*(Complex64*)&alpha).Imaginary == 0 && (*(Complex64*)&beta).Imaginary == 0)
            InterleavedBatched((float*)a, aBatch, aRow, false, (float*)b, bBatch, bRow, bColumn, false, (float*)c, cBatch, cRow, batch, m, n, k, (*(Complex64*)&alpha).Real, (*(Complex64*)&beta).Real);
        else if (typeof(T) == typeof(Complex) && aColumn == 1 && (*(Complex*)&alpha).Imaginary == 0 && (*(Complex*)&beta).Imaginary == 0)
            InterleavedBatched((double*)a, aBatch, aRow, false, (double*)b, bBatch, bRow, bColumn, false, (double*)c, cBatch, cRow, batch, m, n, k, (*(Complex*)&alpha).Real, (*(Complex*)&beta).Real);
        else if (typeof(T) == typeof(long))
            RealBatched((long*)a, aBatch, aRow, aColumn, (long*)b, bBatch, bRow, bColumn, (long*)c, cBatch, cRow, batch, m, n, k, *(long*)&alpha, *(long*)&beta, default);
        else if (typeof(T) == typeof(int))
            RealBatched((int*)a, aBatch, aRow, aColumn, (int*)b, bBatch, bRow, bColumn, (int*)c, cBatch, cRow, batch, m, n, k, *(int*)&alpha, *(int*)&beta, default);
        else
        {
            for (long i = 0; i < batch; i++)
                Multiply(a + i * aBatch, aRow, aColumn, b + i * bBatch, bRow, bColumn, c + i * cBatch, cRow, m, n, k, alpha, beta);
        }
    }

    /// <summary>The product in any of the types with an overload of their own: real, integer, low precision and complex.</summary>
    public static void Multiply<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, T alpha, T beta) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Multiply((float*)a, aRow, aColumn, (float*)b, bRow, bColumn, (float*)c, cRow, m, n, k, *(float*)&alpha, *(float*)&beta);
        else if (typeof(T) == typeof(double))
            Multiply((double*)a, aRow, aColumn, (double*)b, bRow, bColumn, (double*)c, cRow, m, n, k, *(double*)&alpha, *(double*)&beta);
        else if (typeof(T) == typeof(long))
            Multiply((long*)a, aRow, aColumn, (long*)b, bRow, bColumn, (long*)c, cRow, m, n, k, *(long*)&alpha, *(long*)&beta);
        else if (typeof(T) == typeof(int))
            Multiply((int*)a, aRow, aColumn, (int*)b, bRow, bColumn, (int*)c, cRow, m, n, k, *(int*)&alpha, *(int*)&beta);
        else if (typeof(T) == typeof(short))
            Multiply((short*)a, aRow, aColumn, (short*)b, bRow, bColumn, (short*)c, cRow, m, n, k, *(short*)&alpha, *(short*)&beta);
        else if (typeof(T) == typeof(sbyte))
            Multiply((sbyte*)a, aRow, aColumn, (sbyte*)b, bRow, bColumn, (sbyte*)c, cRow, m, n, k, *(sbyte*)&alpha, *(sbyte*)&beta);
        else if (typeof(T) == typeof(byte))
            Multiply((byte*)a, aRow, aColumn, (byte*)b, bRow, bColumn, (byte*)c, cRow, m, n, k, *(byte*)&alpha, *(byte*)&beta);
        else if (typeof(T) == typeof(BFloat16))
            Multiply((BFloat16*)a, aRow, aColumn, (BFloat16*)b, bRow, bColumn, (BFloat16*)c, cRow, m, n, k, (float)*(BFloat16*)&alpha, (float)*(BFloat16*)&beta);
        else if (typeof(T) == typeof(Half))
            Multiply((Half*)a, aRow, aColumn, (Half*)b, bRow, bColumn, (Half*)c, cRow, m, n, k, (float)*(Half*)&alpha, (float)*(Half*)&beta);
        else if (typeof(T) == typeof(Complex64))
            Multiply((Complex64*)a, aRow, aColumn, (Complex64*)b, bRow, bColumn, (Complex64*)c, cRow, m, n, k, *(Complex64*)&alpha, *(Complex64*)&beta, conjugateA: false, conjugateB: false);   // without the flags this method itself is the better overload
        else if (typeof(T) == typeof(Complex))
            Multiply((Complex*)a, aRow, aColumn, (Complex*)b, bRow, bColumn, (Complex*)c, cRow, m, n, k, *(Complex*)&alpha, *(Complex*)&beta, conjugateA: false, conjugateB: false);   // without the flags this method itself is the better overload
        else
            throw new NotSupportedException($"no matrix product for elements of type {typeof(T).Name}");
    }
}
