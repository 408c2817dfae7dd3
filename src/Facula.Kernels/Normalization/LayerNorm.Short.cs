using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class LayerNorm
{
    // Rows of a few elements that do not fill whole vectors: turned, each has a lane.
    private static bool GoTurned<T>(long count) where T : unmanaged => count > 1 && ShortRows.Takes<T>(count) && count % Vector512<T>.Count != 0;

    private partial struct ForwardBody<T>
    {
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Turned(long row, long last)
        {
            int lanes = Vector512<T>.Count;
            byte* room = stackalloc byte[ShortRows.TileBytes];
            T* tile = (T*)ShortRows.Align(room), end = tile + Count * lanes, means = stackalloc T[2 * lanes], scales = means + lanes;
            Vector512<T> n = Vector512.Create(T.CreateTruncating(Count)), eps = Vector512.Create(T.CreateTruncating(Eps));
            for (; row < last; row += lanes)
            {
                int some = (int)Math.Min(lanes, last - row);
                ShortRows.Turn(Source + row * Count, Count, some, Count, tile);
                Vector512<T> sum = default, squares = default, rest = default;
                for (T* x = tile; x < end; x += lanes) sum += Vector512.Load(x);
                Vector512<T> mean = sum / n;
                for (T* x = tile; x < end; x += lanes)
                {
                    Vector512<T> d = Vector512.Load(x) - mean;
                    squares += d * d;
                    rest += d;
                }
                // What the mean was rounded by.
                squares -= rest * rest / n;
                mean += rest / n;
                Vector512<T> scale = Vector512<T>.One / Vector512.Sqrt(squares / n + eps);
                for (long i = 0; i < Count; i++)
                {
                    T* x = tile + i * lanes;
                    Vector512<T> y = (Vector512.Load(x) - mean) * scale;
                    if (Weight != null) y *= Vector512.Create(Weight[i]);
                    if (Bias != null) y += Vector512.Create(Bias[i]);
                    y.Store(x);
                }
                ShortRows.TurnBack(tile, Count, some, Destination + row * Count, Count);
                mean.Store(means);
                scale.Store(scales);
                for (int lane = 0; lane < some; lane++) (Mean[row + lane], Rstd[row + lane]) = (means[lane], scales[lane]);
            }
        }
    }
}
