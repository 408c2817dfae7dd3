using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Negative log likelihood over batch × classes × positions, row-major, with a class per batch and position.</summary>
public static unsafe class NllLoss
{
    /// <summary>How the losses are put together.</summary>
    public enum Reduction
    {
        /// <summary>One loss for each target.</summary>
        None,
        /// <summary>Their weighted mean.</summary>
        Mean,
        /// <summary>Their sum.</summary>
        Sum,
    }

    /// <summary>The first target that is neither a class nor ignored, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long? OutOfBounds(long* target, long count, long classes, long ignored)
    {
        for (long i = 0; i < count; i++)
            if ((ulong)target[i] >= (ulong)classes && target[i] != ignored) return target[i];
        return null;
    }

    /// <summary>The sum of the weights of the targets that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double TotalWeight<T>(long* target, long count, T* weight, long ignored) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (long i = 0; i < count; i++)
            if (target[i] != ignored) total += weight == null ? 1 : double.CreateTruncating(weight[target[i]]);
        return total;
    }

    /// <summary>destination[b, p] = −weight · source[b, target, p], or one number for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(T* source, long* target, T* weight, T* destination, long batch, long classes, long positions, long ignored, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (long b = 0; b < batch; b++)
        {
            for (long p = 0; p < positions; p++)
            {
                long at = b * positions + p, c = target[at];
                T value = T.Zero;
                if (c != ignored)
                {
                    value = -source[(b * classes + c) * positions + p];
                    if (weight != null) value *= weight[c];
                }
                if (reduction == Reduction.None) destination[at] = value;
                else total += double.CreateTruncating(value);
            }
        }
        if (reduction == Reduction.Sum) *destination = T.CreateTruncating(total);
        else if (reduction == Reduction.Mean) *destination = T.CreateTruncating(total / TotalWeight(target, batch * positions, weight, ignored));
    }

    /// <summary>destination[b, target, p] = −weight · gradient; the rest is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(T* gradient, long* target, T* weight, T* destination, long batch, long classes, long positions, long ignored, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T zero = T.Zero;
        long count = batch * classes * positions;
        RowCopy.Fill(&zero, 0, destination, 0, count, 1, RowCopy.IsFar<T>(count));
        T scale = reduction == Reduction.Mean ? T.CreateTruncating(1 / TotalWeight(target, batch * positions, weight, ignored)) : T.One;
        for (long b = 0; b < batch; b++)
        {
            for (long p = 0; p < positions; p++)
            {
                long at = b * positions + p, c = target[at];
                if (c == ignored) continue;
                T value = reduction == Reduction.None ? gradient[at] : *gradient * scale;
                destination[(b * classes + c) * positions + p] = weight == null ? -value : -value * weight[c];
            }
        }
    }
}
