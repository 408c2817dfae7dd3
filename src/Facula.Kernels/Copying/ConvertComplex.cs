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
        if (!Avx2.IsSupported || source == (void*)destination) return 0;
        if (typeof(TIn) == typeof(Complex64) && typeof(TOut) == typeof(Complex)) return ConvertRun.Run((float*)source, (double*)destination, 2 * count, far) / 2;
        if (typeof(TIn) == typeof(Complex) && typeof(TOut) == typeof(Complex64)) return ConvertRun.Run((double*)source, (float*)destination, 2 * count, far) / 2;
        if (typeof(TIn) == typeof(float) && typeof(TOut) == typeof(Complex64)) return FromSingle((uint*)source, (ulong*)destination, count, far);
        if (typeof(TOut) != typeof(Complex)) return 0;
        if (typeof(TIn) == typeof(float)) return FromDouble((float*)source, (double*)destination, count);
        if (typeof(TIn) == typeof(double)) return FromDouble((double*)source, (double*)destination, count);
        return 0;
    }

    // A number and 32 zeros behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FromSingle(uint* source, ulong* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 8; i += 8)
        {
            Vector256<uint> x = Vector256.Load(source + i);
            WideStore.To(Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x)), destination + i, far);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FromDouble<T>(T* source, double* destination, long count) where T : unmanaged
    {
        long i = 0;
        for (; i <= count - 8; i += 8)
        {
            Vector512<double> x = typeof(T) == typeof(float) ? ComplexLanes.Widen(Vector256.Load((float*)(source + i))) : Vector512.Load((double*)(source + i));
            LaneMemory<double>.Join(destination + 2 * i, x, Vector512<double>.Zero);
        }
        return i;
    }
}
