using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Operands that are dense along another dimension than the result, such as x + x.t(): they are turned tile by tile into a buffer in the cache.
public static unsafe partial class ZipLoop
{
    private const int TileSide = 64;
    private const long SmallestTurned = 4096;

    private static bool TryRunTurned<TKernel, TIn, TOut>(TKernel kernel, TIn* left, TIn* right, TOut* destination, long* extents, long* strides, int rank)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (sizeof(TIn) is not (4 or 8)) return false;
        int last = rank - 1;
        bool turnLeft = strides[rank + last] is not (0 or 1), turnRight = strides[2 * rank + last] is not (0 or 1);
        if ((!turnLeft && !turnRight) || extents[last] < 8) return false;
        int dense = -1;
        long count = extents[last];
        for (int i = 0; i < last; i++)
        {
            count *= extents[i];
            if ((!turnLeft || strides[rank + i] == 1) && (!turnRight || strides[2 * rank + i] == 1)) dense = i;
        }
        if (dense < 0 || extents[dense] < 8 || count < SmallestTurned) return false;
        var body = new Turned<TKernel, TIn, TOut>
        {
            Kernel = kernel, Left = left, Right = right, Destination = destination, Rank = rank, Dense = dense, Extents = extents, Strides = strides,
            TurnLeft = turnLeft, TurnRight = turnRight, Bands = (extents[dense] + TileSide - 1) / TileSide,
        };
        body.Tasks = count / extents[last] / extents[dense] * body.Bands;
        body.PerChunk = Math.Max(1, Math.Max(PointwiseGrain.Light / (Math.Min(TileSide, extents[dense]) * extents[last]), (body.Tasks + 255) / 256));
        WorkerPool.Run((int)((body.Tasks + body.PerChunk - 1) / body.PerChunk), ref body);
        return true;
    }

    private struct Turned<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Left, Right;
        public TOut* Destination;
        public int Rank, Dense;
        public long* Extents, Strides;
        public bool TurnLeft, TurnRight;
        public long Bands, Tasks, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            TIn* turnedLeft = stackalloc TIn[TileSide * TileSide];
            TIn* turnedRight = stackalloc TIn[TurnRight ? TileSide * TileSide : 1];
            int last = Rank - 1;
            long dRow = Strides[Dense], xRow = Strides[Rank + Dense], yRow = Strides[2 * Rank + Dense];
            long dStep = Strides[last], xStep = Strides[Rank + last], yStep = Strides[2 * Rank + last];
            for (long task = chunk * PerChunk; task < Math.Min(Tasks, (chunk + 1) * PerChunk); task++)
            {
                long plane = task / Bands, row = task % Bands * TileSide, d = row * dRow, x = row * xRow, y = row * yRow;
                for (int i = last - 1; i >= 0; i--)
                {
                    if (i == Dense) continue;
                    long index = plane % Extents[i];
                    plane /= Extents[i];
                    d += index * Strides[i];
                    x += index * Strides[Rank + i];
                    y += index * Strides[2 * Rank + i];
                }
                long rows = Math.Min(TileSide, Extents[Dense] - row);
                for (long column = 0; column < Extents[last]; column += TileSide)
                {
                    long columns = Math.Min(TileSide, Extents[last] - column);
                    TIn* xs = Left + x + column * xStep, ys = Right + y + column * yStep;
                    TOut* ds = Destination + d + column * dStep;
                    if (TurnLeft) TransposeLoop.Tile(xs, xStep, turnedLeft, TileSide, rows, columns);
                    if (TurnRight) TransposeLoop.Tile(ys, yStep, turnedRight, TileSide, rows, columns);
                    // The lines of the next tile come in while this one is computed: rows of 64 elements are too short to wake the processor's own prefetching.
                    bool more = column + 2 * TileSide <= Extents[last];
                    for (long r = 0; r < rows; r++)
                    {
                        if (more)
                        {
                            Fetch(xs + TileSide * xStep, xRow, xStep, r, TurnLeft);
                            Fetch(ys + TileSide * yStep, yRow, yStep, r, TurnRight);
                            Fetch(ds + TileSide * dStep, dRow, dStep, r, turned: false);
                        }
                        Row(Kernel, TurnLeft ? turnedLeft + r * TileSide : xs + r * xRow, TurnLeft ? 1 : xStep,
                            TurnRight ? turnedRight + r * TileSide : ys + r * yRow, TurnRight ? 1 : yStep, ds + r * dRow, dStep, columns, far: false);
                    }
                }
            }
        }

        // Asks for one line of 64 elements of a tile, if there the elements are neighbours.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Fetch<T>(T* tile, long row, long step, long line, bool turned) where T : unmanaged
        {
            if (!Sse.IsSupported || (turned ? row : step) != 1) return;
            byte* at = (byte*)(tile + line * (turned ? step : row));
            for (int i = 0; i < TileSide * sizeof(T); i += 64) Sse.Prefetch0(at + i);
        }
    }
}
