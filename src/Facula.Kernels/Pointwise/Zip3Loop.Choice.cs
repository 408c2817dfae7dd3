using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Choosing by a mask of bytes, which are widened to the lanes of the values.
public static unsafe partial class Zip3Loop
{
    /// <summary>Chooses whole vectors; answers how many elements are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long ChoiceRow<T>(byte* mask, T* yes, long yesStride, T* no, long noStride, T* destination, long count, bool far)
        where T : unmanaged
    {
        long i = 0;
        if (!Vector512<T>.IsSupported || count < Vector512<T>.Count) return i;
        Vector512<T> y = Vector512.Create(*yes), n = Vector512.Create(*no);
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            if (yesStride == 1) y = Vector512.Load(yes + i);
            if (noStride == 1) n = Vector512.Load(no + i);
            WideStore.To(Vector512.ConditionalSelect(MaskLanes.Load<T>(mask + i), y, n), destination + i, far);
        }
        return i;
    }
}
