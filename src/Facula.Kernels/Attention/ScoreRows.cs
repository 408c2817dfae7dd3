using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Passes over a block of rows of scores in the cache, whose memory is filled up to whole vectors. All rows in one call: short ones follow one another without a pause.</summary>
internal static unsafe class ScoreRows<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The elements of whole vectors that hold so many.</summary>
    internal static nint Padded(nint count) => (count + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>Adds a row of the mask; with <paramref name="replaces"/> its −∞ stands for the score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddMask(T* row, nint count, T* mask, nint maskColumn, bool replaces)
    {
        int width = Vector512<T>.Count;
        Vector512<T> lowest = Vector512.Create(T.NegativeInfinity);
        nint i = 0;
        for (; i <= count - width; i += width)
        {
            Vector512<T> m = maskColumn == 0 ? Vector512.Create(*mask) : Vector512.Load(mask + i), x = Vector512.Load(row + i) + m;
            (replaces ? Vector512.ConditionalSelect(Vector512.Equals(m, lowest), lowest, x) : x).Store(row + i);
        }
        for (; i < count; i++)
        {
            T m = mask[i * maskColumn];
            row[i] = replaces && m == T.NegativeInfinity ? m : row[i] + m;
        }
    }

    /// <summary>−∞ for the keys that are not seen and up to whole vectors; in causal attention each row sees one key more.</summary>
    internal static void Hide(T* scores, nint stride, nint rows, nint seen, nint count, bool isCausal)
    {
        nint end = Padded(count);
        if (!isCausal && end == count) return;
        for (nint i = 0; i < rows; i++, scores += stride)
        {
            nint from = isCausal ? Math.Min(count, seen + i) : count;
            if (from < end) new Span<T>(scores + from, (int)(end - from)).Fill(T.NegativeInfinity);
        }
    }

    /// <summary>Rows become e^(x − largest); the statistics of each are its largest and one over its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Exponentials(T* scores, nint stride, nint rows, nint count, T* statistics)
    {
        int width = Vector512<T>.Count;
        for (; rows > 0; rows--, scores += stride, statistics += 2)
        {
            Vector512<T> a = Vector512.Load(scores), b = a;
            nint i = 0;
            for (; i < count - width; i += 2 * width)
            {
                a = Vector512.MaxNative(a, Vector512.Load(scores + i));
                b = Vector512.MaxNative(b, Vector512.Load(scores + i + width));
            }
            if (i < count) a = Vector512.MaxNative(a, Vector512.Load(scores + i));
            T largest = SoftmaxLanes.Largest(Vector512.MaxNative(a, b));
            Vector512<T> shift = Vector512.Create(largest), sums = default;
            for (i = 0; i < count; i += width)
            {
                Vector512<T> e = SoftmaxLanes.Weight(Vector512.Load(scores + i) - shift);
                e.Store(scores + i);
                sums += e;
            }
            statistics[0] = largest;
            statistics[1] = T.One / Vector512.Sum(sums);
        }
    }

    /// <summary>Each row times the second number of its statistics.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalize(T* values, nint stride, nint rows, nint count, T* statistics)
    {
        int width = Vector512<T>.Count;
        for (; rows > 0; rows--, values += stride, statistics += 2)
        {
            Vector512<T> factor = Vector512.Create(statistics[1]);
            nint i = 0;
            for (; i <= count - width; i += width) (Vector512.Load(values + i) * factor).Store(values + i);
            for (; i < count; i++) values[i] *= statistics[1];
        }
    }

    /// <summary>Scores become probabilities p, and their gradients g become p · (g − mean), mean being the sum of p · g, which is that of output · gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Slopes(T* scores, T* slopes, nint stride, nint rows, nint count, T* statistics, T* output, nint outputRow, T* gradient, nint gradientRow, nint wide)
    {
        int width = Vector512<T>.Count;
        for (; rows > 0; rows--, scores += stride, slopes += stride, statistics += 2, output += outputRow, gradient += gradientRow)
        {
            Vector512<T> sums = default;
            T sum = T.Zero;
            nint i = 0;
            for (; i <= wide - width; i += width) sums += Vector512.Load(output + i) * Vector512.Load(gradient + i);
            for (; i < wide; i++) sum += output[i] * gradient[i];
            Vector512<T> mean = Vector512.Create(sum + Vector512.Sum(sums)), shift = Vector512.Create(statistics[0]), factor = Vector512.Create(statistics[1]);
            for (i = 0; i < count; i += width)
            {
                Vector512<T> p = SoftmaxLanes.Weight(Vector512.Load(scores + i) - shift) * factor;
                p.Store(scores + i);
                ((Vector512.Load(slopes + i) - mean) * p).Store(slopes + i);
            }
        }
    }
}
