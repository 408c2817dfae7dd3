using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class Softmax
{
    // Slices of few elements, count × inner, as many as a vector has lanes or fewer: turned, each has a lane, and each of its inner columns is a column of vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardTile<T>(T* source, T* destination, int slices, long count, long inner, bool logarithm, T* tile) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ShortRows.Turn(source, count * inner, slices, count * inner, tile);
        for (long j = 0; j < inner; j++) ForwardLanes(tile + j * Vector512<T>.Count, count, inner * Vector512<T>.Count, logarithm);
        ShortRows.TurnBack(tile, count * inner, slices, destination, count * inner);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardTile<T>(T* gradient, T* output, T* destination, int slices, long count, long inner, bool logarithm, T* tile) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        T* outputs = tile + count * inner * lanes;
        ShortRows.Turn(gradient, count * inner, slices, count * inner, tile);
        ShortRows.Turn(output, count * inner, slices, count * inner, outputs);
        for (long j = 0; j < inner; j++) BackwardLanes(tile + j * lanes, outputs + j * lanes, count, inner * lanes, logarithm);
        ShortRows.TurnBack(tile, count * inner, slices, destination, count * inner);
    }

    /// <summary>The largest of each lane; a NaN may be passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector512<T> LargestOfLanes<T>(T* tile, long count, long stride) where T : unmanaged
    {
        Vector512<T> largest = Vector512.Load(tile);
        for (long i = 1; i < count; i++) largest = Vector512.MaxNative(largest, Vector512.Load(tile + i * stride));
        return largest;
    }

    /// <summary>The sum of e^(x − shift) in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector512<T> ExponentialsOfLanes<T>(T* tile, long count, long stride, Vector512<T> shift) where T : unmanaged
    {
        Vector512<T> sum = default;
        for (long i = 0; i < count; i++) sum += SoftmaxLanes.Exp(Vector512.Load(tile + i * stride) - shift);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardLanes<T>(T* tile, long count, long stride, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> largest = LargestOfLanes(tile, count, stride), sum = default;
        if (logarithm)
        {
            Vector512<T> log = SoftmaxLanes.Log(ExponentialsOfLanes(tile, count, stride, largest));
            for (long i = 0; i < count; i++) (Vector512.Load(tile + i * stride) - largest - log).Store(tile + i * stride);
            return;
        }
        for (long i = 0; i < count; i++)
        {
            Vector512<T> e = SoftmaxLanes.Weight(Vector512.Load(tile + i * stride) - largest);
            e.Store(tile + i * stride);
            sum += e;
        }
        Vector512<T> scale = Vector512<T>.One / sum;
        for (long i = 0; i < count; i++) (Vector512.Load(tile + i * stride) * scale).Store(tile + i * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardLanes<T>(T* gradients, T* outputs, long count, long stride, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> sum = default;
        for (long i = 0; i < count; i++)
        {
            Vector512<T> g = Vector512.Load(gradients + i * stride);
            sum += logarithm ? g : g * Vector512.Load(outputs + i * stride);
        }
        for (long i = 0; i < count; i++)
        {
            Vector512<T> g = Vector512.Load(gradients + i * stride), y = Vector512.Load(outputs + i * stride);
            (logarithm ? g - SoftmaxLanes.Weight(y) * sum : (g - sum) * y).Store(gradients + i * stride);
        }
    }
}
