using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Answers as bytes: 64 of them from one to eight vectors of lanes.
public static unsafe partial class ZipLoop
{
    /// <summary>Writes the answers; how many are done is all of them from 64 on, of fewer what fills vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static long MaskRow<TKernel, TIn, TOut>(TIn* left, long leftStride, TIn* right, long rightStride, byte* destination, long count, bool far)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0, end = count - 64;
        if (end >= 0)
        {
            // The last group overlaps the one before; it is worked out first, since in place that one writes what it reads.
            Vector512<byte> last = Answers<TKernel, TIn, TOut>(left + end * leftStride, leftStride, right + end * rightStride, rightStride);
            for (; i < end; i += 64) WideStore.To(Answers<TKernel, TIn, TOut>(left + i * leftStride, leftStride, right + i * rightStride, rightStride), destination + i, far);
            last.Store(destination + end);
            return count;
        }
        return Avx512F.IsSupported && sizeof(TIn) is 4 or 8 && count >= 16 ? FewMasks<TKernel, TIn, TOut>(left, leftStride, right, rightStride, destination, count) : 0;
    }

    // Fewer than 64 answers: those of whole vectors.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long FewMasks<TKernel, TIn, TOut>(TIn* left, long leftStride, TIn* right, long rightStride, byte* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
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
        }
        return i;
    }

    // 64 answers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Answers<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        Vector512<byte> answers;
        if (sizeof(TIn) == 1) answers = Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 0).AsByte();
        else if (sizeof(TIn) == 2)
            answers = NarrowLanes.Narrow(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 0).AsInt16(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 1).AsInt16()).AsByte();
        else if (Avx512BW.IsSupported && sizeof(TIn) == 4)
        {
            // Packing joins the lanes of 128 bits: four bytes of each vector, then of the next lane.
            Vector512<sbyte> packed = Packed(
                Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 0).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 1).AsInt32(),
                Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 2).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 3).AsInt32());
            answers = Avx512F.PermuteVar16x32(packed.AsInt32(), Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsByte();
        }
        else if (Avx512BW.IsSupported)
        {
            Vector512<sbyte> packed = Packed(Joined<TKernel, TIn, TOut>(x, xStride, y, yStride, 0), Joined<TKernel, TIn, TOut>(x, xStride, y, yStride, 2),
                Joined<TKernel, TIn, TOut>(x, xStride, y, yStride, 4), Joined<TKernel, TIn, TOut>(x, xStride, y, yStride, 6));
            Vector512<short> order = Vector512.Create(0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27, 4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31);
            answers = Avx512BW.PermuteVar32x16(packed.AsInt16(), order).AsByte();
        }
        else if (Avx2.IsSupported && sizeof(TIn) == 4)
            answers = Vector512.Create(
                Packed(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 0).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 1).AsInt32()),
                Packed(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 2).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 3).AsInt32()));
        else if (Avx2.IsSupported)
            answers = Vector512.Create(
                Packed(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 0).AsSingle(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 1).AsSingle(),
                    Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 2).AsSingle(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 3).AsSingle()),
                Packed(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 4).AsSingle(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 5).AsSingle(),
                    Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 6).AsSingle(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, 7).AsSingle()));
        else if (sizeof(TIn) == 4)
            answers = NarrowLanes.Narrow(Words<TKernel, TIn, TOut>(x, xStride, y, yStride, 0), Words<TKernel, TIn, TOut>(x, xStride, y, yStride, 2)).AsByte();
        else
            answers = NarrowLanes.Narrow(
                NarrowLanes.Narrow(Halves<TKernel, TIn, TOut>(x, xStride, y, yStride, 0), Halves<TKernel, TIn, TOut>(x, xStride, y, yStride, 2)),
                NarrowLanes.Narrow(Halves<TKernel, TIn, TOut>(x, xStride, y, yStride, 4), Halves<TKernel, TIn, TOut>(x, xStride, y, yStride, 6))).AsByte();
        return answers & Vector512<byte>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Packed(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d) =>
        Avx512BW.PackSignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));

    // 32 answers, of which packing leaves four of each vector in each half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Packed(Vector512<int> a, Vector512<int> b) =>
        Avx2.PermuteVar8x32(Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(a.GetLower(), a.GetUpper()), Avx2.PackSignedSaturate(b.GetLower(), b.GetUpper())).AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte();

    // 32 answers of 64-bit lanes, of which packing leaves the first two of each half of a vector here and the others there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Packed(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector256<sbyte> answers = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(LowHalves(a), LowHalves(b)), Avx2.PackSignedSaturate(LowHalves(c), LowHalves(d)));
        Vector128<short> here = answers.GetLower().AsInt16(), there = answers.GetUpper().AsInt16();
        return Vector256.Create(Sse2.UnpackLow(here, there), Sse2.UnpackHigh(here, there)).AsByte();

        static Vector256<int> LowHalves(Vector512<float> x) => Avx.Shuffle(x.GetLower(), x.GetUpper(), 0b10_00_10_00).AsInt32();
    }

    // The lower halves of two vectors of 64-bit lanes: of each lane of 128 bits two from the one and two from the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Joined<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride, int vector)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged =>
        Avx512F.Shuffle(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector).AsSingle(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector + 1).AsSingle(), 0b10_00_10_00).AsInt32();

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
        NarrowLanes.Narrow(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector).AsInt32(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector + 1).AsInt32());

    // Two vectors of 64-bit lanes as one of 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Halves<TKernel, TIn, TOut>(TIn* x, long xStride, TIn* y, long yStride, int vector)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged =>
        NarrowLanes.Narrow(Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector).AsInt64(), Lanes<TKernel, TIn, TOut>(x, xStride, y, yStride, vector + 1).AsInt64());
}
