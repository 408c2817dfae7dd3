using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>
/// Folds of many rows that are only a few elements long: they are turned so that each row has a lane of its own, since alone a row fills
/// hardly one vector, and what begins and ends its fold takes longer than its elements.
/// </summary>
/// <remarks>A lane sees the steps of its row in the order of <see cref="FoldLoop"/>, so that results do not depend on who folds a row.</remarks>
[SkipLocalsInit]
internal static unsafe class ShortRows
{
    private const int MostElements = 64;

    /// <summary>Room for the tile of <see cref="Turn"/>, in bytes, wherever it begins.</summary>
    public const int TileBytes = (MostElements + 1) * 64;

    /// <summary>Where the tile begins in its room: at a line of the cache, as a vector that crosses two lines takes twice the time.</summary>
    public static byte* Align(byte* room) => (byte*)(((nint)room + 63) & ~63);

    /// <summary>Whether rows are this short: runs along them would keep to the first of their four accumulators, and the tile to the first cache.</summary>
    public static bool Takes<T>(long count) where T : unmanaged => count > 0 && count < Math.Min(MostElements, 4 * 64 / sizeof(T));

    /// <summary>tile[i, r] = source[r, i] for as many rows as a vector has lanes, or fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn<T>(T* source, long stride, int rows, long count, T* tile) where T : unmanaged
    {
        int lanes = 64 / sizeof(T), row = 0;
        // Lanes without a row must not be slow for what was there before.
        if (rows < lanes) new Span<T>(tile, (int)count * lanes).Clear();
        if (sizeof(T) == 4)
        {
            long eights = Avx2.IsSupported ? count & ~7L : 0;
            for (; eights > 0 && row + 8 <= rows; row += 8)
            {
                GemmTranspose.Lines8((float*)source + row * stride, (nint)stride, (nint)eights, lanes, (float*)tile + row);
                if (eights == count) continue;
                float* rest = (float*)source + row * stride + eights, to = (float*)tile + eights * lanes + row;
                GemmTranspose.Lines4(rest, (nint)stride, (nint)(count - eights), lanes, to);
                GemmTranspose.Lines4(rest + 4 * stride, (nint)stride, (nint)(count - eights), lanes, to + 4);
            }
            for (; row + 4 <= rows; row += 4) GemmTranspose.Lines4((float*)source + row * stride, (nint)stride, (nint)count, lanes, (float*)tile + row);
        }
        else if (sizeof(T) == 8)
        {
            for (; Avx2.IsSupported && row + 4 <= rows; row += 4)
                GemmTranspose.Lines4((double*)source + row * stride, (nint)stride, (nint)count, lanes, (double*)tile + row);
            for (; row + 2 <= rows; row += 2) GemmTranspose.Lines2((double*)source + row * stride, (nint)stride, (nint)count, lanes, (double*)tile + row);
        }
        for (; row < rows; row++)
        {
            T* from = source + row * stride;
            for (long i = 0; i < count; i++) tile[i * lanes + row] = from[i];
        }
    }

    /// <summary>destination[r · stride + i] = tile[i, r] for as many rows as a vector has lanes, or fewer: <see cref="Turn"/> the other way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack<T>(T* tile, long count, int rows, T* destination, long stride) where T : unmanaged
    {
        int lanes = 64 / sizeof(T);
        long i = 0;
        if (sizeof(T) == 4)
        {
            for (; Avx2.IsSupported && i + 8 <= count; i += 8)
                GemmTranspose.Lines8((float*)tile + i * lanes, lanes, rows, (int)stride, (float*)destination + i);
            for (; i + 4 <= count; i += 4) GemmTranspose.Lines4((float*)tile + i * lanes, lanes, rows, (int)stride, (float*)destination + i);
        }
        else if (sizeof(T) == 8)
        {
            for (; Avx2.IsSupported && i + 4 <= count; i += 4)
                GemmTranspose.Lines4((double*)tile + i * lanes, lanes, rows, (int)stride, (double*)destination + i);
            for (; i + 2 <= count; i += 2) GemmTranspose.Lines2((double*)tile + i * lanes, lanes, rows, (int)stride, (double*)destination + i);
        }
        for (; i < count; i++)
            for (int row = 0; row < rows; row++) destination[row * stride + i] = tile[i * lanes + row];
    }

    /// <summary>destination[r · destinationStride] = the fold of source[r · stride …], each row dense.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long rows, long count, TOut* destination, long destinationStride)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TIn);
        byte* room = stackalloc byte[TileBytes];
        TIn* tile = (TIn*)Align(room);
        TAccumulator* totals = stackalloc TAccumulator[lanes];
        for (long first = 0; first < rows; first += lanes)
        {
            int some = (int)Math.Min(lanes, rows - first);
            Turn(source + first * stride, stride, some, count, tile);
            Vector512<TAccumulator> total = TKernel.HasBlock
                ? TKernel.BlockLanes(tile, count)
                : FoldLanes<TKernel, TIn, TAccumulator, TOut>(kernel, tile, count);
            TOut* to = destination + first * destinationStride;
            if (TKernel.HasEndLanes && destinationStride == 1 && some == lanes)
            {
                kernel.EndLanes(total, count).Store((TAccumulator*)to);
                continue;
            }
            total.Store(totals);
            for (int row = 0; row < some; row++) to[row * destinationStride] = kernel.End(totals[row], count);
        }
    }

    /// <summary>The most elements of a slice of <see cref="FoldSlices"/>: a tile of them stays in the first cache.</summary>
    public const long LongestSlice = 480;

    /// <summary>
    /// destination[s · destinationStride + j] = the fold of source[s · stride + i · inner + j] over i: slices of a few narrow rows, as many at once as a vector has lanes.
    /// Needs lanes of results.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FoldSlices<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long slices, long count, long inner, TOut* destination, long destinationStride)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TIn);
        using Scratch room = Scratch.Rent<TIn>(count * inner * lanes);
        TIn* tile = (TIn*)room.Pointer;
        for (long first = 0; first < slices; first += lanes)
        {
            int some = (int)Math.Min(lanes, slices - first);
            Turn(source + first * stride, stride, some, count * inner, tile);
            for (long j = 0; j < inner; j++)
            {
                Vector512<TAccumulator> even = Vector512.Create(kernel.Start), odd = even;
                TIn* from = tile + j * lanes;
                long i = 0, next = inner * lanes;
                for (; i <= count - 2; i += 2, from += 2 * next)
                {
                    even = TKernel.StepLanes(even, Vector512.Load(from));
                    odd = TKernel.StepLanes(odd, Vector512.Load(from + next));
                }
                if (i < count) even = TKernel.StepLanes(even, Vector512.Load(from));
                kernel.EndLanes(TKernel.MergeLanes(even, odd), count).Store((TAccumulator*)tile + j * lanes);
            }
            TurnBack((TOut*)tile, inner, some, destination + first * destinationStride, destinationStride);
        }
    }

    // A run of one vector or more goes through lanes of its own, which are merged by halves, and then takes what is left; here the lanes of one row stand
    // below each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<TAccumulator> FoldLanes<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* tile, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TIn);
        Vector512<TAccumulator> start = Vector512.Create(kernel.Start), total = start;
        long i = 0;
        if (count >= lanes)
        {
            i = count - count % lanes;
            // The first line of elements is read before its place takes the accumulators.
            TAccumulator* own = (TAccumulator*)tile;
            for (int lane = 0; lane < lanes; lane++)
            {
                Vector512<TAccumulator> part = start;
                for (long j = lane; j < i; j += lanes) part = TKernel.StepLanes(part, Vector512.Load(tile + j * lanes));
                part.Store(own + lane * lanes);
            }
            for (int half = lanes / 2; half > 0; half /= 2)
                for (int j = 0; j < half; j++) TKernel.MergeLanes(Vector512.Load(own + j * lanes), Vector512.Load(own + (j + half) * lanes)).Store(own + j * lanes);
            total = Vector512.Load(own);
        }
        for (; i < count; i++) total = TKernel.StepLanes(total, Vector512.Load(tile + i * lanes));
        return total;
    }
}
