using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Brings elements at fixed steps together, and spreads them again, so that the loops see dense rows.</summary>
internal static unsafe class StridedRun
{
    /// <summary>Elements that a loop brings together at a time: few enough for the first cache.</summary>
    public const int Block = 256;

    /// <summary>destination[i] = source[i·stride]. Far: see <see cref="WideStore"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(T* source, long stride, T* destination, long count, bool far) where T : unmanaged
    {
        long i = 0;
        if (Avx2.IsSupported && sizeof(T) == 4 && stride is 2 or -1)
        {
            // The second vector begins one element early: it ends with the last element that is asked for.
            Vector512<uint> order = stride == 2
                ? Vector512.Create(0u, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31)
                : Vector512.Create(15u, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            for (; Avx512F.IsSupported && i <= count - 16; i += 16)
            {
                uint* from = (uint*)(source + i * stride);
                Vector512<uint> x = stride == 2
                    ? Avx512F.PermuteVar16x32x2(Vector512.Load(from), order, Vector512.Load(from + 15))
                    : Avx512F.PermuteVar16x32(Vector512.Load(from - 15), order);
                WideStore.To(x, (uint*)(destination + i), far);
            }
            // Rows of images that are halved are often shorter.
            if (stride == 2 && count >= 8 && i < count)
            {
                for (; i < count; i += 8)
                {
                    i = Math.Min(i, count - 8);
                    float* from = (float*)(source + 2 * i);
                    Vector256<float> halves = Avx.Shuffle(Vector256.Load(from), Vector256.Load(from + 7), 0xD8);
                    Avx2.Permute4x64(halves.AsDouble(), 0xD8).AsSingle().Store((float*)(destination + i));
                }
                return;
            }
            for (; stride == -1 && i <= count - 8; i += 8)
                Avx2.PermuteVar8x32(Vector256.Load((uint*)(source - i - 7)), Vector256.Create(7u, 6, 5, 4, 3, 2, 1, 0)).Store((uint*)(destination + i));
        }
        else if (Avx2.IsSupported && sizeof(T) == 8 && stride is 2 or -1)
        {
            Vector512<ulong> order = stride == 2 ? Vector512.Create(0ul, 2, 4, 6, 9, 11, 13, 15) : Vector512.Create(7ul, 6, 5, 4, 3, 2, 1, 0);
            for (; Avx512F.IsSupported && i <= count - 8; i += 8)
            {
                ulong* from = (ulong*)(source + i * stride);
                Vector512<ulong> x = stride == 2
                    ? Avx512F.PermuteVar8x64x2(Vector512.Load(from), order, Vector512.Load(from + 7))
                    : Avx512F.PermuteVar8x64(Vector512.Load(from - 7), order);
                WideStore.To(x, (ulong*)(destination + i), far);
            }
            for (; i <= count - 4; i += 4)
            {
                double* from = (double*)(source + i * stride);
                Vector256<double> x = stride == 2
                    ? Avx2.Permute4x64(Avx.Shuffle(Vector256.Load(from), Vector256.Load(from + 3), 0b1010), 0b11_01_10_00)
                    : Avx2.Permute4x64(Vector256.Load(from - 3), 0b00_01_10_11);
                x.Store((double*)(destination + i));
            }
        }
        T* next = source + i * stride;
        for (; i <= count - 4; i += 4, next += 4 * stride)
        {
            T a = next[0], b = next[stride], c = next[2 * stride], d = next[3 * stride];
            destination[i] = a;
            destination[i + 1] = b;
            destination[i + 2] = c;
            destination[i + 3] = d;
        }
        for (; i < count; i++, next += stride) destination[i] = *next;
    }

    /// <summary>destination[i·stride] = source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<T>(T* source, T* destination, long stride, long count) where T : unmanaged
    {
        long i = 0;
        for (; i <= count - 4; i += 4, destination += 4 * stride)
        {
            T a = source[i], b = source[i + 1], c = source[i + 2], d = source[i + 3];
            destination[0] = a;
            destination[stride] = b;
            destination[2 * stride] = c;
            destination[3 * stride] = d;
        }
        for (; i < count; i++, destination += stride) *destination = source[i];
    }

    /// <summary>The block of an operand that begins at an element: where it lies if its step is 0 or 1, else brought together in the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Dense<T>(T* source, long stride, T* buffer, long count) where T : unmanaged
    {
        if ((ulong)stride <= 1) return source;
        Gather(source, stride, buffer, count, far: false);
        return buffer;
    }
}
