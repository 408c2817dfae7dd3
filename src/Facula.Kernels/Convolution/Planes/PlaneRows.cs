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
        nint wide = Vector256<T>.Count, narrow = Vector128<T>.Count;
        if (count >= wide)
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
                Vector256<double> low, high;
                if (sizeof(T) == sizeof(float))
                {
                    Vector256<float> a = Vector256.Load((float*)(even + i)), b = Vector256.Load((float*)(odd + i));
                    (low, high) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
                }
                else
                {
                    Vector256<double> a = Vector256.Load((double*)(even + i)), b = Vector256.Load((double*)(odd + i));
                    (low, high) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
                }
                Avx.Permute2x128(low, high, 0x20).As<double, T>().Store(destination + 2 * i);
                Avx.Permute2x128(low, high, 0x31).As<double, T>().Store(destination + 2 * i + wide);
            }
            return;
        }
        for (nint i = 0; i < count; i++)
            (destination[2 * i], destination[2 * i + 1]) = (even[i], odd[i]);
    }
}
