using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Copies between memory whose dense dimensions differ: tiles of rows and columns, transposed in registers where the size allows.</summary>
internal static unsafe class TransposeLoop
{
    // 64 rows of 16 elements: the lines of cache that a tile reads are still there when its next columns need them.
    private const long TileRows = 64, TileColumns = 64, Smallest = 1024;

    /// <summary>
    /// Does the copy if the destination is dense along the last dimension and the source along another one; else says no.
    /// <paramref name="strides"/>: the destination's, then the source's.
    /// </summary>
    public static bool TryRun<T>(T* source, T* destination, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) where T : unmanaged
    {
        int rank = shape.Length, last = rank - 1;
        // Where one element is repeated along the row, nothing is to be turned.
        if (strides[last] != 1 || strides[rank + last] is 0 or 1 || sizeof(T) > 8) return false;
        int dense = -1;
        long count = 1;
        for (int i = 0; i < rank; i++)
        {
            count *= shape[i];
            if (i < last && strides[rank + i] == 1) dense = i;
        }
        if (dense < 0 || count < Smallest || shape[dense] < 4 || shape[last] < 2) return false;
        long* outer = stackalloc long[3 * rank];
        var body = new Body<T>
        {
            Source = source, Destination = destination,
            Rows = shape[dense], Columns = shape[last], DestinationRow = strides[dense], SourceColumn = strides[rank + last],
            OuterRank = 0, Outer = outer,
        };
        long planes = 1;
        for (int i = 0; i < last; i++)
        {
            if (i == dense) continue;
            outer[3 * body.OuterRank] = shape[i];
            outer[3 * body.OuterRank + 1] = strides[i];
            outer[3 * body.OuterRank + 2] = strides[rank + i];
            body.OuterRank++;
            planes *= shape[i];
        }
        body.Bands = (body.Rows + TileRows - 1) / TileRows;
        long tasks = planes * body.Bands;
        body.PerChunk = Math.Max(1, Math.Max(PointwiseGrain.Light / (Math.Min(TileRows, body.Rows) * body.Columns), (tasks + 255) / 256));
        body.Tasks = tasks;
        WorkerPool.Run((int)((tasks + body.PerChunk - 1) / body.PerChunk), ref body);
        return true;
    }

    private struct Body<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Destination;
        public long* Outer;
        public long Rows, Columns, DestinationRow, SourceColumn, Bands, PerChunk, Tasks;
        public int OuterRank;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            for (long task = chunk * PerChunk; task < Math.Min(Tasks, (chunk + 1) * PerChunk); task++)
            {
                long plane = task / Bands, row = task % Bands * TileRows, d = row * DestinationRow, s = row;
                for (int i = OuterRank - 1; i >= 0; i--)
                {
                    // The short division where it does: a tile of two columns takes little longer than the long one.
                    (long rest, long index) = plane <= uint.MaxValue && Outer[3 * i] <= uint.MaxValue ? Math.DivRem((uint)plane, (uint)Outer[3 * i]) : Math.DivRem(plane, Outer[3 * i]);
                    plane = rest;
                    d += index * Outer[3 * i + 1];
                    s += index * Outer[3 * i + 2];
                }
                long rows = Math.Min(TileRows, Rows - row);
                Fetch(Destination + d, DestinationRow, rows, Math.Min(TileColumns, Columns));
                for (long column = 0; column < Columns; column += TileColumns)
                {
                    // The next tile's lines come in while this one is turned.
                    long next = column + TileColumns;
                    if (next < Columns) Fetch(Destination + d + next, DestinationRow, rows, Math.Min(TileColumns, Columns - next));
                    Tile(Source + s + column * SourceColumn, SourceColumn, Destination + d + column, DestinationRow, rows, Math.Min(TileColumns, Columns - column));
                }
            }
        }
    }

    // The lines of a tile that will be written come in ahead: a fresh result lies in no cache, and short stores do not wake the prefetcher.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fetch<T>(T* destination, long stride, long rows, long columns) where T : unmanaged
    {
        // Rows that follow each other closely are one stream.
        if (!Sse.IsSupported || stride * sizeof(T) < 64) return;
        for (long r = 0; r < rows; r++)
            for (long c = 0; c < columns; c += 64 / sizeof(T)) Sse.Prefetch0(destination + r * stride + c);
    }

    // destination[r, c] = source[c, r].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile<T>(T* source, long sourceColumn, T* destination, long destinationRow, long rows, long columns) where T : unmanaged
    {
        long column = 0;
        if (columns == 2 && destinationRow == 2 && sizeof(T) is 4 or 8 && Avx512F.IsSupported)
        {
            Interleave(source, source + sourceColumn, destination, rows);
            return;
        }
        if (sizeof(T) == 4 && Avx2.IsSupported && destinationRow <= int.MaxValue)
        {
            for (; column + 8 <= columns; column += 8)
                GemmTranspose.Lines8((float*)source + column * sourceColumn, (nint)sourceColumn, (nint)rows, (int)destinationRow, (float*)destination + column);
        }
        else if (sizeof(T) == 8 && Avx2.IsSupported && destinationRow <= int.MaxValue)
        {
            for (; column + 4 <= columns; column += 4)
                GemmTranspose.Lines4((double*)source + column * sourceColumn, (nint)sourceColumn, (nint)rows, (int)destinationRow, (double*)destination + column);
        }
        Plain(source + column * sourceColumn, sourceColumn, destination + column, destinationRow, rows, columns - column);
    }

    // Two runs, element by element in turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave<T>(T* even, T* odd, T* destination, long count) where T : unmanaged
    {
        long i = 0;
        Vector512<uint> low = Vector512.Create(0u, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), high = low + Vector512.Create(8u);
        Vector512<ulong> lowWide = Vector512.Create(0ul, 8, 1, 9, 2, 10, 3, 11), highWide = lowWide + Vector512.Create(4ul);
        for (int width = 64 / sizeof(T); i <= count - width; i += width)
        {
            T* to = destination + 2 * i;
            if (sizeof(T) == 4)
            {
                Vector512<uint> x = Vector512.Load((uint*)(even + i)), y = Vector512.Load((uint*)(odd + i));
                Avx512F.PermuteVar16x32x2(x, low, y).Store((uint*)to);
                Avx512F.PermuteVar16x32x2(x, high, y).Store((uint*)to + 16);
            }
            else
            {
                Vector512<ulong> x = Vector512.Load((ulong*)(even + i)), y = Vector512.Load((ulong*)(odd + i));
                Avx512F.PermuteVar8x64x2(x, lowWide, y).Store((ulong*)to);
                Avx512F.PermuteVar8x64x2(x, highWide, y).Store((ulong*)to + 8);
            }
        }
        for (; i < count; i++) (destination[2 * i], destination[2 * i + 1]) = (even[i], odd[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plain<T>(T* source, long sourceColumn, T* destination, long destinationRow, long rows, long columns) where T : unmanaged
    {
        for (long c = 0; c < columns; c++)
            for (long r = 0; r < rows; r++) destination[r * destinationRow + c] = source[c * sourceColumn + r];
    }
}
