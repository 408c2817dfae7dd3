using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Choosing by a mask of bytes, which are widened to the lanes of the values.
public static unsafe partial class Zip3Loop
{
    /// <summary>Chooses; answers how many elements are done, none or all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long ChoiceRow<T>(byte* mask, T* yes, long yesStride, T* no, long noStride, T* destination, long count, bool far)
        where T : unmanaged
    {
        if (!Vector512<T>.IsSupported || count < Vector512<T>.Count) return 0;
        int width = Vector512<T>.Count;
        long end = count - width;
        Vector512<T> y = Vector512.Create(*yes), n = Vector512.Create(*no);
        // The last vector overlaps the one before; it is worked out first, since in place that one writes what it reads.
        Vector512<T> last = Vector512.ConditionalSelect(MaskLanes.Load<T>(mask + end), yesStride == 1 ? Vector512.Load(yes + end) : y, noStride == 1 ? Vector512.Load(no + end) : n);
        for (long i = 0; i < end; i += width)
        {
            if (yesStride == 1) y = Vector512.Load(yes + i);
            if (noStride == 1) n = Vector512.Load(no + i);
            WideStore.To(Vector512.ConditionalSelect(MaskLanes.Load<T>(mask + i), y, n), destination + i, far);
        }
        last.Store(destination + end);
        return count;
    }

    /// <summary>Chooses into a result that goes past the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PassChoice<T>(byte* mask, T* yes, long yesStride, T* no, long noStride, T* destination, long count)
        where T : unmanaged
    {
        long i = 0;
        if (((nint)destination & 63) == 0)
        {
            Vector512<T> y = Vector512.Create(*yes), n = Vector512.Create(*no);
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                WideStore.Ask(mask + i);
                if (yesStride == 1) y = Vector512.Load(yes + i);
                if (noStride == 1) n = Vector512.Load(no + i);
                WideStore.Past(Vector512.ConditionalSelect(MaskLanes.Load<T>(mask + i), y, n), destination + i);
            }
            WideStore.Finish();
        }
        for (; i < count; i++) destination[i] = mask[i] != 0 ? yes[i * yesStride] : no[i * noStride];
    }
}
