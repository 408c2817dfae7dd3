using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Over rows of scores, each with a list of target classes that a negative number ends: max(0, 1 − score of the target + score of another), for each target and each class that is none.</summary>
public static unsafe class MultilabelMargin
{
    private const long RowsPerChunk = 256;

    /// <summary>Whether a target that counts is not a class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsOutOfRange(long* target, long rows, long classes)
    {
        for (long row = 0; row < rows; row++, target += classes)
            for (long j = 0; j < classes && target[j] >= 0; j++)
                if (target[j] >= classes) return true;
        return false;
    }

    /// <summary>The sum of each row.</summary>
    public static void Sums<T>(T* source, long* target, double* sums, long rows, long classes) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(new Body<T> { Source = source, Target = target, Sums = sums, Rows = rows, Classes = classes });

    /// <summary>The derivative of each row's sum: how many targets an other class meets, and for a target, negative, how many others meet it.</summary>
    public static void Slopes<T>(T* source, long* target, T* slopes, long rows, long classes, T scale) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(new Body<T> { Source = source, Target = target, Slopes = slopes, Rows = rows, Classes = classes, Scale = scale });

    private static void Run<T>(Body<T> body) where T : unmanaged, IFloatingPointIeee754<T> =>
        WorkerPool.Run((int)((body.Rows + RowsPerChunk - 1) / RowsPerChunk), ref body);

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Slopes;
        public long* Target;
        public double* Sums;
        public long Rows, Classes;
        public T Scale;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long padded = (Classes + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;
            using Scratch room = Scratch.Rent<T>(2 * padded);
            T* others = (T*)room.Pointer, hits = others + padded;
            for (long row = chunk * RowsPerChunk, end = Math.Min(Rows, row + RowsPerChunk); row < end; row++)
            {
                T* scores = Source + row * Classes;
                long* named = Target + row * Classes;
                long count = 0;
                // A target, and what lies behind the row, is no other class: nothing is greater than this.
                new Span<T>(others + Classes, (int)(padded - Classes)).Fill(T.NegativeInfinity);
                for (long j = 0; j < Classes; j++) others[j] = scores[j];
                for (; count < Classes && named[count] >= 0; count++) others[named[count]] = T.NegativeInfinity;
                if (Slopes == null)
                {
                    double sum = 0;
                    for (long k = 0; k < count; k++) sum += Sum(others, padded, T.One - scores[named[k]]);
                    Sums[row] = sum;
                    continue;
                }
                T* slopes = Slopes + row * Classes;
                new Span<T>(hits, (int)padded).Clear();
                new Span<T>(slopes, (int)Classes).Clear();
                for (long k = 0; k < count; k++) slopes[named[k]] -= Scale * T.CreateTruncating(Count(others, hits, padded, T.One - scores[named[k]]));
                for (long j = 0; j < Classes; j++) slopes[j] += Scale * hits[j];
            }
        }
    }

    // Terms are floats, their sum is a double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum<T>(T* others, long padded, T margin) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> least = Vector512.Create(margin);
        Vector512<double> sum = default;
        for (long j = 0; j < padded; j += Vector512<T>.Count)
        {
            // The zero stands second, where no number gives way to it.
            Vector512<T> term = Vector512.MaxNative(least + Vector512.Load(others + j), Vector512<T>.Zero);
            if (typeof(T) == typeof(float)) sum += Vector512.WidenLower(term.AsSingle()) + Vector512.WidenUpper(term.AsSingle());
            else sum += term.AsDouble();
        }
        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count<T>(T* others, T* hits, long padded, T margin) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> least = Vector512.Create(margin);
        int count = 0;
        for (long j = 0; j < padded; j += Vector512<T>.Count)
        {
            Vector512<T> met = Vector512.GreaterThan(least + Vector512.Load(others + j), Vector512<T>.Zero);
            (Vector512.Load(hits + j) + (met & Vector512<T>.One)).Store(hits + j);
            count += BitOperations.PopCount(met.ExtractMostSignificantBits());
        }
        return count;
    }
}
