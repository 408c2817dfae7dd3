using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Conversions between real element types over dense memory, sixteen elements at a time, bit for bit what <see cref="ConvertMap{TIn, TOut}"/> answers one by one.</summary>
internal static unsafe class ConvertRun
{
    /// <summary>Whether vectors of this machine give the scalar results.</summary>
    // Bytes of floats are cut from 32 bits instead of 64: a float beyond them is a multiple of 256, so that its low byte is 0, as is that of the least integer, which the instruction answers then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has<TIn, TOut>()
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (typeof(TIn) == typeof(TOut) || IsComplex<TIn>() || IsComplex<TOut>()) return false;
        bool floatIn = IsSingle<TIn>() || typeof(TIn) == typeof(double), floatOut = IsSingle<TOut>() || typeof(TOut) == typeof(double);
        if (floatOut) return typeof(TIn) != typeof(long) || Avx512DQ.IsSupported;
        if (!floatIn || typeof(TOut) == typeof(bool)) return true;
        return Avx.IsSupported;
    }

    /// <summary>Converts whole groups of sixteen; answers how many elements it has done. Far: see <see cref="WideStore"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run<TIn, TOut>(TIn* source, TOut* destination, long count, bool far)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
        for (; i <= count - 16; i += 16) Group(source + i, destination + i, far);
        // Without AVX-512 there is room for one copy only: Note [Half vectors].
        if (i == count || count < 16 || source == (void*)destination || !Avx512F.IsSupported) return i;
        // The last group overlaps the one before; in place that would convert twice.
        Group(source + count - 16, destination + count - 16, far: false);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Group<TIn, TOut>(TIn* source, TOut* destination, bool far)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (typeof(TIn) == typeof(double)) FromDouble(Vector512.Load((double*)source), Vector512.Load((double*)source + 8), destination, far);
        else if (typeof(TIn) == typeof(long)) FromInt64(Vector512.Load((long*)source), Vector512.Load((long*)source + 8), destination, far);
        else if (IsSingle<TIn>()) FromSingle(ConvertLanes.LoadSingle(source), destination, far);
        else FromInt32(ConvertLanes.LoadInt32(source), destination, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromSingle<TOut>(Vector512<float> x, TOut* destination, bool far) where TOut : unmanaged
    {
        if (IsSingle<TOut>()) ConvertLanes.StoreSingle(x, destination, far);
        else if (typeof(TOut) == typeof(bool)) ConvertLanes.StoreInt32(~Vector512.Equals(x, Vector512<float>.Zero).AsInt32() & Vector512<int>.One, destination, far);
        else if (typeof(TOut) == typeof(double))
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
            FromDouble(low, high, destination, far);
        }
        else if (typeof(TOut) == typeof(int) || sizeof(TOut) == 1) ConvertLanes.StoreInt32(Vector512.ConvertToInt32Native(x), destination, far);
        else
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
            FromInt64(ConvertLanes.ToInt64(low), ConvertLanes.ToInt64(high), destination, far);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromDouble<TOut>(Vector512<double> low, Vector512<double> high, TOut* destination, bool far) where TOut : unmanaged
    {
        if (IsSingle<TOut>()) ConvertLanes.StoreSingle(NarrowLanes.Narrow(low, high), destination, far);
        else if (typeof(TOut) == typeof(bool))
            ConvertLanes.StoreInt32(NonZero(Vector512.Equals(low, Vector512<double>.Zero).AsInt64(), Vector512.Equals(high, Vector512<double>.Zero).AsInt64()), destination, far);
        else if (typeof(TOut) == typeof(double))
        {
            WideStore.To(low, (double*)destination, far);
            WideStore.To(high, (double*)destination + 8, far);
        }
        else if (typeof(TOut) == typeof(int)) ConvertLanes.StoreInt32(Vector512.Create(ConvertLanes.ToInt32(low), ConvertLanes.ToInt32(high)), destination, far);
        else FromInt64(ConvertLanes.ToInt64(low), ConvertLanes.ToInt64(high), destination, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromInt32<TOut>(Vector512<int> x, TOut* destination, bool far) where TOut : unmanaged
    {
        if (IsSingle<TOut>()) ConvertLanes.StoreSingle(Vector512.ConvertToSingle(x), destination, far);
        else if (typeof(TOut) == typeof(bool)) ConvertLanes.StoreInt32(~Vector512.Equals(x, Vector512<int>.Zero) & Vector512<int>.One, destination, far);
        else if (typeof(TOut) == typeof(double)) FromDouble(ConvertLanes.ToDouble(x.GetLower()), ConvertLanes.ToDouble(x.GetUpper()), destination, far);
        else if (typeof(TOut) == typeof(long))
        {
            (Vector512<long> low, Vector512<long> high) = Vector512.Widen(x);
            FromInt64(low, high, destination, far);
        }
        else ConvertLanes.StoreInt32(x, destination, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromInt64<TOut>(Vector512<long> low, Vector512<long> high, TOut* destination, bool far) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float))
            ConvertLanes.StoreSingle(Vector512.Create(Avx512DQ.ConvertToVector256Single(low), Avx512DQ.ConvertToVector256Single(high)), destination, far);
        // The 16-bit floats round by way of double, as the scalar form does.
        else if (IsSingle<TOut>() || typeof(TOut) == typeof(double))
            FromDouble(Avx512DQ.ConvertToVector512Double(low), Avx512DQ.ConvertToVector512Double(high), destination, far);
        else if (typeof(TOut) == typeof(bool))
            ConvertLanes.StoreInt32(NonZero(Vector512.Equals(low, Vector512<long>.Zero), Vector512.Equals(high, Vector512<long>.Zero)), destination, far);
        else if (typeof(TOut) == typeof(long))
        {
            WideStore.To(low, (long*)destination, far);
            WideStore.To(high, (long*)destination + 8, far);
        }
        else ConvertLanes.StoreInt32(NarrowLanes.Narrow(low, high), destination, far);
    }

    // 1 where the lane of "is zero" is empty.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> NonZero(Vector512<long> low, Vector512<long> high) => ~NarrowLanes.Narrow(low, high) & Vector512<int>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSingle<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsComplex<T>() => typeof(T) == typeof(Complex) || typeof(T) == typeof(Complex64);
}
