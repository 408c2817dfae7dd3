using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Running logarithms of sums of exponentials: every step waits for the one before, so that as many lines go together as a vector has lanes.
public static unsafe partial class ScanKernels
{
    /// <summary>log(exp(source[0]) + … + exp(source[k])), without overflow.</summary>
    public static void LogSumExp<T>(T* source, T* destination, long outer, long extent, long inner) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long parts = (inner + Vector512<T>.Count - 1) / Vector512<T>.Count, lines = inner == 1 ? (outer + Vector512<T>.Count - 1) / Vector512<T>.Count : outer * parts;
        var body = new LogSumExpBody<T> { Source = source, Destination = destination, Outer = outer, Extent = extent, Inner = inner, Parts = parts };
        if (extent > 0) WorkerPool.Run((int)lines, ref body);
    }

    private struct LogSumExpBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Source, Destination;
        public long Outer, Extent, Inner, Parts;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            if (Inner == 1)
            {
                long line = chunk * Vector512<T>.Count;
                Turned(Source + line * Extent, Destination + line * Extent, (int)Math.Min(Vector512<T>.Count, Outer - line));
                return;
            }
            long first = chunk % Parts * Vector512<T>.Count, at = chunk / Parts * Extent * Inner + first, some = Math.Min(Vector512<T>.Count, Inner - first);
            Vector512<T> running = VectorMath.Constant<T>(double.NegativeInfinity);
            for (long k = 0; k < Extent; k++, at += Inner)
            {
                running = Next(running, PartialLanes.Load(Source + at, some));
                PartialLanes.Store(running, Destination + at, some);
            }
        }

        // Pieces of lines along memory, turned.
        [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
        private readonly void Turned(T* from, T* to, int lines)
        {
            const long Piece = 64;
            int lanes = Vector512<T>.Count;
            byte* room = stackalloc byte[ShortRows.TileBytes];
            T* tile = (T*)ShortRows.Align(room);
            Vector512<T> running = VectorMath.Constant<T>(double.NegativeInfinity);
            for (long start = 0; start < Extent; start += Piece)
            {
                long count = Math.Min(Piece, Extent - start);
                ShortRows.Turn(from + start, Extent, lines, count, tile);
                for (long k = 0; k < count; k++)
                {
                    running = Next(running, Vector512.Load(tile + k * lanes));
                    running.Store(tile + k * lanes);
                }
                ShortRows.TurnBack(tile, count, lines, to + start, Extent);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> Next(Vector512<T> running, Vector512<T> x)
        {
            Vector512<T> high = VectorMath.Maximum(running, x), low = VectorMath.Minimum(running, x);
            // Beside an infinite lower one the higher one is the answer; a NaN is its own.
            return Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(low), VectorMath.Constant<T>(double.PositiveInfinity)), high, high + SoftmaxLanes.Log1P(SoftmaxLanes.Exp(low - high)));
        }
    }
}
