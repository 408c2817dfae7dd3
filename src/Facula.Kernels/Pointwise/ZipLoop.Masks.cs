using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Answers as bytes: 64 of them from one to eight vectors of lanes.
public static unsafe partial class ZipLoop
{
    /// <summary>Writes the answers of whole groups of 64; answers how many elements are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long MaskRow<TKernel, TIn, TOut>(TIn* left, long leftStride, TIn* right, long rightStride, byte* destination, long count, bool far)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
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
