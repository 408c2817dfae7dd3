using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The first elements of a vector, for what is left at the end of a row; nothing beyond is read or written.</summary>
/// <remarks>A count may be negative or more than there are lanes.</remarks>
internal static unsafe class PartialLanes
{
    /// <summary>The first elements, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Load<T>(T* source, long count) where T : unmanaged
    {
        if (Avx512F.IsSupported)
            return GemmLanes512<T>.LoadPart(source, (int)count);
        long half = Vector256<T>.Count;
        if (Avx2.IsSupported)
            return Vector512.Create(GemmLanes256<T>.LoadPart(source, (int)count), GemmLanes256<T>.LoadPart(source + half, (int)(count - half)));
        Vector512<T> value = default;
        Unsafe.CopyBlockUnaligned(&value, source, Bytes<T>(count));
        return value;
    }

    /// <summary>The first elements, then a filling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Load<T>(T* source, long count, T filling) where T : unmanaged
    {
        if (Avx512F.IsSupported)
            return sizeof(T) == 4
                ? Avx512F.MaskLoad((float*)source, First<float>(count), Vector512.Create(filling).AsSingle()).As<float, T>()
                : Avx512F.MaskLoad((double*)source, First<double>(count), Vector512.Create(filling).AsDouble()).As<double, T>();
        return Vector512.ConditionalSelect(First<T>(count), Load(source, count), Vector512.Create(filling));
    }

    /// <summary>Stores the first elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(Vector512<T> value, T* destination, long count) where T : unmanaged
    {
        long half = Vector256<T>.Count;
        if (Avx512F.IsSupported)
        {
            GemmLanes512<T>.StorePart(value, destination, (int)count);
        }
        else if (Avx2.IsSupported)
        {
            GemmLanes256<T>.StorePart(value.GetLower(), destination, (int)count);
            GemmLanes256<T>.StorePart(value.GetUpper(), destination + half, (int)(count - half));
        }
        else
        {
            Unsafe.CopyBlockUnaligned(destination, &value, Bytes<T>(count));
        }
    }

    /// <summary>All bits of the first lanes.</summary>
    // With constants: where a vector of 512 bits is a pair, the runtime counts its indices one by one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> First<T>(long count) where T : unmanaged => sizeof(T) == 4
        ? Vector512.LessThan(Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create((int)count)).As<int, T>()
        : Vector512.LessThan(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create(count)).As<long, T>();

    private static uint Bytes<T>(long count) where T : unmanaged => (uint)(Math.Clamp(count, 0, Vector512<T>.Count) * sizeof(T));
}
