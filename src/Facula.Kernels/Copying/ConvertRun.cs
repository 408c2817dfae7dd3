using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Conversions between types of different sizes over dense memory, whole vectors only; each answers how many elements it has done. Far: see <see cref="WideStore"/>.</summary>
internal static unsafe class ConvertRun
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Widen(float* source, double* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Load(source + i));
            WideStore.To(low, destination + i, far);
            WideStore.To(high, destination + i + 8, far);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Narrow(double* source, float* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
            WideStore.To(Vector512.Narrow(Vector512.Load(source + i), Vector512.Load(source + i + 8)), destination + i, far);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Widen(int* source, long* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector512<long> low, Vector512<long> high) = Vector512.Widen(Vector512.Load(source + i));
            WideStore.To(low, destination + i, far);
            WideStore.To(high, destination + i + 8, far);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Narrow(long* source, int* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
            WideStore.To(Vector512.Narrow(Vector512.Load(source + i), Vector512.Load(source + i + 8)), destination + i, far);
        return i;
    }

    /// <summary>destination = one where the byte is not zero, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Choose<T>(byte* source, T* destination, long count, T one, bool far) where T : unmanaged
    {
        long i = 0;
        Vector512<T> value = Vector512.Create(one);
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            WideStore.To(MaskLanes.Load<T>(source + i) & value, destination + i, far);
        return i;
    }
}
