using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Vector forms of float functions over float16 or bfloat16, sixteen at a time; the kernel's types are float.</summary>
internal static unsafe class NarrowVectors
{
    private const int Width = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TKernel, TIn, TOut, TStored>(TKernel kernel, TStored* source, TStored* destination, long count)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
        where TStored : unmanaged
    {
        long i = 0;
        for (; i <= count - Width; i += Width) ConvertLanes.StoreSingle(kernel.Invoke(ConvertLanes.LoadSingle(source + i).As<float, TIn>()).As<TOut, float>(), destination + i, far: false);
        if (i == count) return;
        TStored* padded = stackalloc TStored[Width];
        Pad(source + i, padded, count - i);
        Map<TKernel, TIn, TOut, TStored>(kernel, padded, padded, Width);
        for (long j = i; j < count; j++) destination[j] = padded[j - i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Zip<TKernel, TIn, TOut, TStored>(TKernel kernel, TStored* left, float leftNumber, TStored* right, float rightNumber, TStored* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
        where TStored : unmanaged
    {
        long i = 0;
        Vector512<float> x = Vector512.Create(leftNumber), y = Vector512.Create(rightNumber);
        for (; i <= count - Width; i += Width)
        {
            if (left != null) x = ConvertLanes.LoadSingle(left + i);
            if (right != null) y = ConvertLanes.LoadSingle(right + i);
            ConvertLanes.StoreSingle(kernel.Invoke(x.As<float, TIn>(), y.As<float, TIn>()).As<TOut, float>(), destination + i, far: false);
        }
        if (i == count) return;
        TStored* padded = stackalloc TStored[2 * Width];
        if (left != null) Pad(left + i, padded, count - i);
        if (right != null) Pad(right + i, padded + Width, count - i);
        Zip<TKernel, TIn, TOut, TStored>(kernel, left == null ? null : padded, leftNumber, right == null ? null : padded + Width, rightNumber, padded, Width);
        for (long j = i; j < count; j++) destination[j] = padded[j - i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Zip3<TKernel, TStored>(TKernel kernel, NarrowOperand first, NarrowOperand second, NarrowOperand third, TStored* destination, long count)
        where TKernel : struct, IZip3<float, float>
        where TStored : unmanaged
    {
        long i = 0;
        TStored* xs = (TStored*)first.Memory, ys = (TStored*)second.Memory, zs = (TStored*)third.Memory;
        Vector512<float> x = Vector512.Create(first.Number), y = Vector512.Create(second.Number), z = Vector512.Create(third.Number);
        for (; i <= count - Width; i += Width)
        {
            if (xs != null) x = ConvertLanes.LoadSingle(xs + i);
            if (ys != null) y = ConvertLanes.LoadSingle(ys + i);
            if (zs != null) z = ConvertLanes.LoadSingle(zs + i);
            ConvertLanes.StoreSingle(kernel.Invoke(x, y, z), destination + i, far: false);
        }
        if (i == count) return;
        TStored* padded = stackalloc TStored[3 * Width];
        if (xs != null) Pad(xs + i, padded, count - i);
        if (ys != null) Pad(ys + i, padded + Width, count - i);
        if (zs != null) Pad(zs + i, padded + 2 * Width, count - i);
        Zip3(kernel, new(xs == null ? null : padded, first.Number), new(ys == null ? null : padded + Width, second.Number), new(zs == null ? null : padded + 2 * Width, third.Number), padded, Width);
        for (long j = i; j < count; j++) destination[j] = padded[j - i];
    }

    // The rest of a line, filled up with its first element.
    private static void Pad<TStored>(TStored* source, TStored* padded, long count) where TStored : unmanaged
    {
        for (int j = 0; j < Width; j++) padded[j] = source[j < count ? j : 0];
    }
}
