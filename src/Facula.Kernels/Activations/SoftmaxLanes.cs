using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>What softmax does in lanes of either precision.</summary>
internal static unsafe class SoftmaxLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Exp<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? Exp(x.AsSingle()).As<float, T>() : Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x) => VectorMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x) => VectorMath.Exp(x);

    /// <summary>The largest lane; a NaN may be passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Largest<T>(Vector512<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> half = Vector256.MaxNative(x.GetLower(), x.GetUpper());
        Vector128<T> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        T largest = quarter.GetElement(0);
        for (int lane = 1; lane < Vector128<T>.Count; lane++) largest = T.Max(largest, quarter.GetElement(lane));
        return largest;
    }

    /// <summary>Fewer elements than a vector has, and a filling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> LoadSome<T>(T* source, long count, T filling) where T : unmanaged
    {
        Vector512<T> x = Vector512.Create(filling);
        for (int i = 0; i < count; i++) ((T*)&x)[i] = source[i];
        return x;
    }

    /// <summary>The first elements of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreSome<T>(Vector512<T> x, T* destination, long count) where T : unmanaged
    {
        for (int i = 0; i < count; i++) destination[i] = ((T*)&x)[i];
    }
}
