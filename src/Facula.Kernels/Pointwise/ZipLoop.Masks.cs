using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Answers as bytes: 64 of them from one to eight vectors of lanes.
public static unsafe partial class ZipLoop
{
    /// <summary>Writes the answers of whole vectors, or groups of 64; answers how many elements are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static long MaskRow<TKernel, TIn, TOut>(TIn* left, long leftStride, TIn* right, long rightStride, byte* destination, long count, bool far)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
        if (Avx512F.IsSupported && sizeof(TIn) is 4 or 8 && count >= 16)
        {
            Vector512<TIn> x = Vector512.Create(*left), y = Vector512.Create(*right);
            for (int width = Vector512<TIn>.Count; i <= count - width; i += width)
            {
                if (leftStride == 1) x = Vector512.Load(left + i);
                if (rightStride == 1) y = Vector512.Load(right + i);
                // Lanes of 0 or 1 lose their upper bytes on the way to memory.
                if (sizeof(TIn) == 4)
                    Avx512F.ConvertToVector128Byte(TKernel.Mask(x, y).AsUInt32() >>> 31).Store(destination + i);
                else
                    *(long*)(destination + i) = Avx512F.ConvertToVector128Byte(TKernel.Mask(x, y).AsUInt64() >>> 63).AsInt64().ToScalar();
                if (far && (i & 63) == 0) Sse.Prefetch0(destination + i + WideStore.Ahead);
            }
            return i;
        }
        for (; i <= count - 64; i += 64)
        {
            TIn* x = left + i * leftStride, y = right + i * rightStride;
            Vector512<sbyte> answers;
            if (sizeof(TIn) == 1) answers = Lanes<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 0).AsSByte();
            else if (sizeof(TIn) == 2)
                answers = Vector512.Narrow(Lanes<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 0).AsInt16(), Lanes<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 1).AsInt16());
            else if (sizeof(TIn) == 4)
                answers = Vector512.Narrow(Words<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 0), Words<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 2));
            else
                answers = Vector512.Narrow(
                    Vector512.Narrow(Halves<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 0), Halves<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 2)),
                    Vector512.Narrow(Halves<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 4), Halves<TKernel, TIn, TOut>(x, leftStride, y, rightStride, 6)));
            WideStore.To(answers.AsByte() & Vector512<byte>.One, destination + i, far);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TIn> Lanes<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride, int vector)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int at = vector * Vector512<TIn>.Count;
        return TKernel.Mask(xStride == 0 ? Vector512.Create(*x) : Vector512.Load(x + at), yStride == 0 ? Vector512.Create(*y) : Vector512.Load(y + at));
    }

    // Two vectors of 32-bit lanes as one of 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Words<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride, int vector)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged =>
        Vector512.Narrow(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector + 1).AsInt32());

    // Two vectors of 64-bit lanes as one of 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Halves<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride, int vector)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged =>
        Vector512.Narrow(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector).AsInt64(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector + 1).AsInt64());
}
