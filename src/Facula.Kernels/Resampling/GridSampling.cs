using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Reads an input at the points of a grid, and the two gradients of that.</summary>
public static unsafe class GridSampling
{
    /// <summary>output[n, c, p] = input[n, c] read at grid[n, p].</summary>
    public static void Forward<T>(GridShape shape, T* input, T* grid, T* output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new ForwardBody<T> { Shape = shape, Chunks = Stretches<T>(shape), Input = input, Grid = grid, Output = output };
        WorkerPool.Run((int)(shape.Batch * body.Chunks), ref body);
    }

    /// <summary>Adds the gradients of the output to the elements that were read.</summary>
    public static void InputGradient<T>(GridShape shape, T* gradOutput, T* grid, T* gradInput) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new InputBody<T> { Shape = shape, GradOutput = gradOutput, Grid = grid, GradInput = gradInput };
        body.Groups = Math.Min(shape.Channels, 8);
        WorkerPool.Run((int)(shape.Batch * body.Groups), ref body);
    }

    /// <summary>The gradient of each coordinate of the grid.</summary>
    public static void PointGradient<T>(GridShape shape, T* gradOutput, T* input, T* grid, T* gradGrid) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new PointBody<T> { Shape = shape, Chunks = Stretches<T>(shape), GradOutput = gradOutput, Input = input, Grid = grid, GradGrid = gradGrid };
        WorkerPool.Run((int)(shape.Batch * body.Chunks), ref body);
    }

    private static long Stretches<T>(GridShape shape) where T : unmanaged, IFloatingPointIeee754<T> => (shape.Points + GridTaps<T>.Points - 1) / GridTaps<T>.Points;

    private struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public GridShape Shape;
        public T* Input, Grid, Output;
        public long Chunks;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long sample = chunk / Chunks, first = chunk % Chunks * GridTaps<T>.Points;
            int count = (int)Math.Min(GridTaps<T>.Points, Shape.Points - first);
            using Scratch room = GridTaps<T>.Rent(Shape, slopes: false);
            var taps = new GridTaps<T>(Shape, room, slopes: false);
            taps.Read(Grid + (sample * Shape.Points + first) * Shape.Spatial, count);
            // One channel after the other: a plane stays in the cache, and its outputs lie side by side.
            for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
            {
                T* plane = Input + c * Shape.Plane, to = Output + c * Shape.Points + first;
                int p = 0;
                if (taps.Taps == 4) p = Four(taps, plane, to, count);
                else p = Several(taps, plane, to, count);
                for (; p < count; p++)
                {
                    T sum = T.Zero;
                    for (int k = 0; k < taps.Taps; k++) sum += taps.Element(plane, k, p) * taps.Weights[k * GridTaps<T>.Points + p];
                    to[p] = sum;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Four(in GridTaps<T> taps, T* plane, T* to, int count)
        {
            const int Next = GridTaps<T>.Points;
            int p = 0, lanes = GridTaps<T>.Lanes;
            T* weights = taps.Weights;
            for (; p <= count - lanes; p += lanes)
            {
                Vector256<T> a = taps.Gather(plane, 0, p) * Vector256.Load(weights + p), b = taps.Gather(plane, 1, p) * Vector256.Load(weights + Next + p);
                Vector256<T> c = taps.Gather(plane, 2, p) * Vector256.Load(weights + 2 * Next + p), d = taps.Gather(plane, 3, p) * Vector256.Load(weights + 3 * Next + p);
                (a + b + c + d).Store(to + p);
            }
            return p;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Several(in GridTaps<T> taps, T* plane, T* to, int count)
        {
            int p = 0, lanes = GridTaps<T>.Lanes;
            for (; p <= count - lanes; p += lanes)
            {
                Vector256<T> sum = default;
                for (int k = 0; k < taps.Taps; k++) sum += taps.Gather(plane, k, p) * Vector256.Load(taps.Weights + k * GridTaps<T>.Points + p);
                sum.Store(to + p);
            }
            return p;
        }
    }

    private struct InputBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public GridShape Shape;
        public T* GradOutput, Grid, GradInput;
        /// <summary>Channels of a sample are shared out: points may add to the same element, so they are not.</summary>
        public long Groups;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long sample = chunk / Groups, group = chunk % Groups;
            long begin = sample * Shape.Channels + group * Shape.Channels / Groups, end = sample * Shape.Channels + (group + 1) * Shape.Channels / Groups;
            BorderedPlane.Clear(GradInput + begin * Shape.Plane, (nint)(end - begin) * Shape.Plane);
            using Scratch room = GridTaps<T>.Rent(Shape, slopes: false);
            var taps = new GridTaps<T>(Shape, room, slopes: false);
            for (long first = 0; first < Shape.Points; first += GridTaps<T>.Points)
            {
                int count = (int)Math.Min(GridTaps<T>.Points, Shape.Points - first);
                taps.Read(Grid + (sample * Shape.Points + first) * Shape.Spatial, count);
                for (long c = begin; c < end; c++) Scatter(taps, GradOutput + c * Shape.Points + first, GradInput + c * Shape.Plane, count);
            }
        }

        // Point by point, since the taps of one point are different elements, and the same ones of the next are met sooner.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Scatter(in GridTaps<T> taps, T* from, T* plane, int count)
        {
            const int Next = GridTaps<T>.Points;
            int* offsets = taps.Offsets, masks = taps.Masks;
            T* weights = taps.Weights;
            int several = taps.Taps;
            for (int p = 0; p < count; p++, offsets++, masks++, weights++)
            {
                T g = from[p];
                if (several == 4)
                {
                    if (masks[0] != 0) plane[offsets[0]] += g * weights[0];
                    if (masks[Next] != 0) plane[offsets[Next]] += g * weights[Next];
                    if (masks[2 * Next] != 0) plane[offsets[2 * Next]] += g * weights[2 * Next];
                    if (masks[3 * Next] != 0) plane[offsets[3 * Next]] += g * weights[3 * Next];
                    continue;
                }
                for (int k = 0; k < several; k++)
                    if (masks[k * Next] != 0) plane[offsets[k * Next]] += g * weights[k * Next];
            }
        }
    }

    private struct PointBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public GridShape Shape;
        public T* GradOutput, Input, Grid, GradGrid;
        public long Chunks;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long sample = chunk / Chunks, first = chunk % Chunks * GridTaps<T>.Points;
            int count = (int)Math.Min(GridTaps<T>.Points, Shape.Points - first), spatial = Shape.Spatial;
            T* grid = Grid + (sample * Shape.Points + first) * spatial, to = GradGrid + (sample * Shape.Points + first) * spatial;
            using Scratch room = GridTaps<T>.Rent(Shape, slopes: true);
            using Scratch totals = Scratch.Rent<T>(3 * GridTaps<T>.Points);
            var taps = new GridTaps<T>(Shape, room, slopes: true);
            taps.Read(grid, count);
            // A line of sums for each coordinate.
            T* sums = (T*)totals.Pointer;
            BorderedPlane.Clear(sums, 3 * GridTaps<T>.Points);
            for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
                Add(taps, Input + c * Shape.Plane, GradOutput + c * Shape.Points + first, sums, count, spatial);
            for (int p = 0; p < count; p++)
                for (int axis = 0; axis < spatial; axis++) to[p * spatial + axis] = sums[axis * GridTaps<T>.Points + p];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Add(in GridTaps<T> taps, T* plane, T* gradient, T* sums, int count, int spatial)
        {
            const int Next = GridTaps<T>.Points;
            T* first = taps.Slopes(0), second = taps.Slopes(1), third = spatial == 3 ? taps.Slopes(2) : second;
            int p = 0, lanes = GridTaps<T>.Lanes, several = taps.Taps;
            for (; p <= count - lanes; p += lanes)
            {
                Vector256<T> x = default, y = default, z = default;
                for (int k = 0; k < several; k++)
                {
                    Vector256<T> value = taps.Gather(plane, k, p);
                    int at = k * Next + p;
                    x += value * Vector256.Load(first + at);
                    y += value * Vector256.Load(second + at);
                    z += value * Vector256.Load(third + at);
                }
                Vector256<T> g = Vector256.Load(gradient + p);
                T* to = sums + p;
                (Vector256.Load(to) + x * g).Store(to);
                (Vector256.Load(to + Next) + y * g).Store(to + Next);
                (Vector256.Load(to + 2 * Next) + z * g).Store(to + 2 * Next);
            }
            for (; p < count; p++)
            {
                T x = T.Zero, y = T.Zero, z = T.Zero;
                for (int k = 0; k < several; k++)
                {
                    T value = taps.Element(plane, k, p);
                    int at = k * Next + p;
                    x += value * first[at];
                    y += value * second[at];
                    z += value * third[at];
                }
                sums[p] += x * gradient[p];
                sums[Next + p] += y * gradient[p];
                sums[2 * Next + p] += z * gradient[p];
            }
        }
    }
}
