using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Conversions to complex numbers over dense memory: from floats and doubles, and between both complex types, which are pairs of those.</summary>
internal static unsafe class ConvertComplex
{
    /// <summary>Answers how many elements it has done, none of types that it does not know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Run<TIn, TOut>(TIn* source, TOut* destination, long count, bool far)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        // In place the parts would be overwritten before they are read.
        if (!Avx512F.IsSupported || source == (void*)destination) return 0;
        if (typeof(TIn) == typeof(Complex64) && typeof(TOut) == typeof(Complex)) return ConvertRun.Run((float*)source, (double*)destination, 2 * count, far) / 2;
        if (typeof(TIn) == typeof(Complex) && typeof(TOut) == typeof(Complex64)) return ConvertRun.Run((double*)source, (float*)destination, 2 * count, far) / 2;
        if (typeof(TIn) == typeof(float) && typeof(TOut) == typeof(Complex64)) return FromSingle((uint*)source, (ulong*)destination, count, far);
        if (typeof(TOut) != typeof(Complex)) return 0;
        if (typeof(TIn) == typeof(float)) return FromDouble((float*)source, (double*)destination, count, far);
        if (typeof(TIn) == typeof(double)) return FromDouble((double*)source, (double*)destination, count, far);
        return 0;
    }

    // A number and 32 zeros behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FromSingle(uint* source, ulong* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 8; i += 8) WideStore.To(Avx512F.ConvertToVector512UInt64(Vector256.Load(source + i)), destination + i, far);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FromDouble<T>(T* source, double* destination, long count, bool far) where T : unmanaged
    {
        long i = 0;
        Vector512<long> low = Vector512.Create(0L, 8, 1, 8, 2, 8, 3, 8), high = low + Vector512.Create(4L, 0, 4, 0, 4, 0, 4, 0);
        for (; i <= count - 8; i += 8)
        {
            Vector512<double> x = typeof(T) == typeof(float) ? Avx512F.ConvertToVector512Double(Vector256.Load((float*)(source + i))) : Vector512.Load((double*)(source + i));
            WideStore.To(Avx512F.PermuteVar8x64x2(x, low, Vector512<double>.Zero), destination + 2 * i, far);
            WideStore.To(Avx512F.PermuteVar8x64x2(x, high, Vector512<double>.Zero), destination + 2 * i + 8, far);
        }
        return i;
    }
}
