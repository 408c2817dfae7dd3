using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Passes over one row of scores in the cache, whose memory is filled up to whole vectors.</summary>
internal static unsafe class ScoreRow<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The elements of whole vectors that hold so many.</summary>
    internal static nint Padded(nint count) => (count + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>row = row · scale + mask for the keys seen, −∞ for the others up to <paramref name="count"/> and beyond to whole vectors; answers the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Scale(T* row, nint seen, nint count, T scale, T* mask, nint maskColumn, bool replaces)
    {
        int width = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(scale), lowest = Vector512.Create(T.NegativeInfinity), largest = lowest;
        nint i = 0;
        if (mask == null)
        {
            for (; i <= seen - width; i += width)
            {
                Vector512<T> x = Vector512.Load(row + i) * factor;
                x.Store(row + i);
                largest = Vector512.MaxNative(largest, x);
            }
        }
        else
        {
            for (; i <= seen - width; i += width)
            {
                Vector512<T> m = maskColumn == 0 ? Vector512.Create(*mask) : Vector512.Load(mask + i);
                Vector512<T> x = Vector512.Load(row + i) * factor + m;
                if (replaces) x = Vector512.ConditionalSelect(Vector512.Equals(m, lowest), lowest, x);
                x.Store(row + i);
                largest = Vector512.MaxNative(largest, x);
            }
        }
        for (; i < seen; i++)
        {
            T x = row[i] * scale;
            if (mask != null)
            {
                T m = mask[i * maskColumn];
                x = replaces && m == T.NegativeInfinity ? m : x + m;
            }
            row[i] = x;
        }
        for (nint end = Padded(count); i < end; i++) row[i] = T.NegativeInfinity;
        if (seen % width != 0) largest = Vector512.MaxNative(largest, Vector512.Load(row + seen - seen % width));
        return SoftmaxLanes.Largest(largest);
    }

    /// <summary>row = e^(row − largest); answers the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Exponentials(T* row, nint count, T largest)
    {
        int width = Vector512<T>.Count;
        Vector512<T> shift = Vector512.Create(largest), sums = default;
        for (nint i = 0; i < count; i += width)
        {
            Vector512<T> e = SoftmaxLanes.Exp(Vector512.Load(row + i) - shift);
            e.Store(row + i);
            sums += e;
        }
        return Vector512.Sum(sums);
    }

    /// <summary>row = row · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(T* row, nint count, T factor)
    {
        int width = Vector512<T>.Count;
        nint i = 0;
        for (; i <= count - width; i += width) (Vector512.Load(row + i) * factor).Store(row + i);
        for (; i < count; i++) row[i] *= factor;
    }

    /// <summary>Scaled scores become probabilities p, and their gradients g become p · (g − mean), mean being the sum of p · g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gradient(T* scores, T* gradients, nint count, T largest, T factor, T mean)
    {
        int width = Vector512<T>.Count;
        Vector512<T> shift = Vector512.Create(largest), scale = Vector512.Create(factor), middle = Vector512.Create(mean);
        for (nint i = 0; i < count; i += width)
        {
            Vector512<T> p = SoftmaxLanes.Exp(Vector512.Load(scores + i) - shift) * scale;
            p.Store(scores + i);
            ((Vector512.Load(gradients + i) - middle) * p).Store(gradients + i);
        }
    }

    /// <summary>The sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Dot(T* left, T* right, nint count)
    {
        int width = Vector512<T>.Count;
        Vector512<T> sums = default;
        T sum = T.Zero;
        nint i = 0;
        for (; i <= count - width; i += width) sums += Vector512.Load(left + i) * Vector512.Load(right + i);
        for (; i < count; i++) sum += left[i] * right[i];
        return sum + Vector512.Sum(sums);
    }
}
