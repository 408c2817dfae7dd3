using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Choosing by a mask of bytes, which are widened to the lanes of the values.
public static unsafe partial class Zip3Loop
{
    /// <summary>Chooses whole vectors; answers how many elements are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long ChoiceRow<T>(byte* mask, T* yes, long yesStride, T* no, long noStride, T* destination, long count)
        where T : unmanaged
    {
        long i = 0;
        if (!Avx512F.IsSupported || sizeof(T) is not (1 or 4 or 8)) return i;
        int width = Vector512<T>.Count;
        if (count < width) return i;
        Vector512<T> y = Vector512.Create(*yes), n = Vector512.Create(*no);
        for (; i <= count - width; i += width)
        {
            if (yesStride == 1) y = Vector512.Load(yes + i);
            if (noStride == 1) n = Vector512.Load(no + i);
            Vector512<T> isZero = sizeof(T) switch
            {
                1 => Vector512.Equals(Vector512.Load(mask + i), Vector512<byte>.Zero).As<byte, T>(),
                4 => Vector512.Equals(Avx512F.ConvertToVector512Int32(Vector128.Load(mask + i)), Vector512<int>.Zero).As<int, T>(),
                _ => Vector512.Equals(Avx512F.ConvertToVector512Int64(Vector128.CreateScalar(*(long*)(mask + i)).AsByte()), Vector512<long>.Zero).As<long, T>(),
            };
            Vector512.ConditionalSelect(isZero, n, y).Store(destination + i);
        }
        return i;
    }
}
