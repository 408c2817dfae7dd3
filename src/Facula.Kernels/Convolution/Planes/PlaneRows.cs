using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Stores parts of vectors of positions.</summary>
/// <remarks>The last vector of a row overlaps the one before, so that nothing beyond the row is written.</remarks>
internal static unsafe class PlaneRows
{
    /// <summary>Copies some neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T* source, nint count, T* destination) where T : unmanaged
    {
        nint widest = Vector512<T>.Count, wide = Vector256<T>.Count, narrow = Vector128<T>.Count;
        if (Avx512F.IsSupported && count >= widest)
        {
            for (nint i = 0; i < count; i += widest)
            {
                i = Math.Min(i, count - widest);
                Vector512.Load(source + i).Store(destination + i);
            }
        }
        else if (count >= wide)
        {
            for (nint i = 0; i < count; i += wide)
            {
                i = Math.Min(i, count - wide);
                Vector256.Load(source + i).Store(destination + i);
            }
        }
        else if (count >= narrow)
        {
            Vector128.Load(source).Store(destination);
            Vector128.Load(source + count - narrow).Store(destination + count - narrow);
        }
        else
        {
            for (nint i = 0; i < count; i++)
                destination[i] = source[i];
        }
    }

    /// <summary>Stores even₀ odd₀ even₁ odd₁ …, <paramref name="count"/> of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave<T>(T* even, T* odd, nint count, T* destination) where T : unmanaged
    {
        nint wide = Vector256<T>.Count;
        if (Avx.IsSupported && count >= wide && sizeof(T) >= sizeof(float))
        {
            for (nint i = 0; i < count; i += wide)
            {
                i = Math.Min(i, count - wide);
                LaneMemory<T>.JoinHalf(destination + 2 * i, Vector256.Load(even + i), Vector256.Load(odd + i));
            }
            return;
        }
        for (nint i = 0; i < count; i++)
            (destination[2 * i], destination[2 * i + 1]) = (even[i], odd[i]);
    }

    /// <summary>Every stride-th of some elements, from the first on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pick<T>(T* source, nint stride, nint count, T* destination) where T : unmanaged
    {
        nint i = 0;
        if (stride == 2 && Avx2.IsSupported)
        {
            nint lanes = Vector256<T>.Count;
            for (; i + 2 * lanes <= count; i += 2 * lanes, destination += lanes)
            {
                var low = Vector256.Load(source + i);
                var high = Vector256.Load(source + i + lanes);
                var picked = sizeof(T) == 4 ? Avx.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsDouble() : Avx.UnpackLow(low.AsDouble(), high.AsDouble());
                Avx2.Permute4x64(picked, 0b11_01_10_00).As<double, T>().Store(destination);
            }
            if (i + lanes <= count)
            {
                Vector128<T> low = Vector128.Load(source + i), high = Vector128.Load(source + i + lanes / 2);
                (sizeof(T) == 4 ? Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).As<float, T>() : Sse2.UnpackLow(low.AsDouble(), high.AsDouble()).As<double, T>()).Store(destination);
                i += lanes;
                destination += lanes / 2;
            }
        }
        for (; i < count; i += stride)
            *destination++ = source[i];
    }
}
