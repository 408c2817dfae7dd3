using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Reads an input at the points of a grid, and the two gradients of that.</summary>
public static unsafe class GridSampling
{
    private const int PointsPerChunk = 512;

    /// <summary>output[n, c, p] = input[n, c] read at grid[n, p].</summary>
    public static void Forward<T>(GridShape shape, T* input, T* grid, T* output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new ForwardBody<T> { Shape = shape, Input = input, Grid = grid, Output = output };
        WorkerPool.Run(body.Prepare(), ref body);
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
        var body = new PointBody<T> { Shape = shape, GradOutput = gradOutput, Input = input, Grid = grid, GradGrid = gradGrid };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    /// <summary>The taps of a stretch of points, one behind the other: those of point p are Starts[p] … Starts[p + 1] − 1.</summary>
    private sealed class Stretch<T>(GridShape shape, bool slopes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        public readonly int[] Starts = new int[PointsPerChunk + 1], Offsets = new int[PointsPerChunk * shape.Taps];
        public readonly T[] Weights = new T[PointsPerChunk * shape.Taps], Slopes = slopes ? new T[PointsPerChunk * shape.Taps * 3] : [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Read(T* grid, int count)
        {
            var taps = new GridPoint<T>(shape);
            int at = 0;
            for (int p = 0; p < count; p++, grid += shape.Spatial)
            {
                taps.Set(grid);
                for (int k = 0; k < taps.Count; k++, at++)
                {
                    Offsets[at] = (int)taps.Offsets[k];
                    Weights[at] = T.CreateTruncating(taps.Weights[k]);
                    if (Slopes.Length == 0) continue;
                    for (int axis = 0; axis < 3; axis++) Slopes[3 * at + axis] = T.CreateTruncating(taps.Slopes[axis * GridPoint<T>.Most + k]);
                }
                Starts[p + 1] = at;
            }
        }
    }

    private struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public GridShape Shape;
        public T* Input, Grid, Output;
        private long _chunks;

        public int Prepare()
        {
            _chunks = (Shape.Points + PointsPerChunk - 1) / PointsPerChunk;
            return (int)(Shape.Batch * _chunks);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long sample = chunk / _chunks, first = chunk % _chunks * PointsPerChunk;
            int count = (int)Math.Min(PointsPerChunk, Shape.Points - first);
            var stretch = new Stretch<T>(Shape, slopes: false);
            stretch.Read(Grid + (sample * Shape.Points + first) * Shape.Spatial, count);
            fixed (int* starts = stretch.Starts, offsets = stretch.Offsets)
            fixed (T* weights = stretch.Weights)
            {
                // One channel after the other: a plane stays in the cache, and its outputs lie side by side.
                for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
                {
                    T* plane = Input + c * Shape.Plane, to = Output + c * Shape.Points + first;
                    for (int p = 0; p < count; p++)
                    {
                        T sum = T.Zero;
                        for (int k = starts[p]; k < starts[p + 1]; k++) sum += plane[offsets[k]] * weights[k];
                        to[p] = sum;
                    }
                }
            }
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
            var stretch = new Stretch<T>(Shape, slopes: false);
            for (long first = 0; first < Shape.Points; first += PointsPerChunk)
            {
                int count = (int)Math.Min(PointsPerChunk, Shape.Points - first);
                stretch.Read(Grid + (sample * Shape.Points + first) * Shape.Spatial, count);
                fixed (int* starts = stretch.Starts, offsets = stretch.Offsets)
                fixed (T* weights = stretch.Weights)
                {
                    for (long c = begin; c < end; c++)
                    {
                        T* plane = GradInput + c * Shape.Plane, from = GradOutput + c * Shape.Points + first;
                        for (int p = 0; p < count; p++)
                            for (int k = starts[p]; k < starts[p + 1]; k++) plane[offsets[k]] += from[p] * weights[k];
                    }
                }
            }
        }
    }

    private struct PointBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public GridShape Shape;
        public T* GradOutput, Input, Grid, GradGrid;
        private long _chunks;

        public int Prepare()
        {
            _chunks = (Shape.Points + PointsPerChunk - 1) / PointsPerChunk;
            return (int)(Shape.Batch * _chunks);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long sample = chunk / _chunks, first = chunk % _chunks * PointsPerChunk;
            int count = (int)Math.Min(PointsPerChunk, Shape.Points - first), spatial = Shape.Spatial;
            T* grid = Grid + (sample * Shape.Points + first) * spatial, to = GradGrid + (sample * Shape.Points + first) * spatial;
            var stretch = new Stretch<T>(Shape, slopes: true);
            stretch.Read(grid, count);
            BorderedPlane.Clear(to, count * spatial);
            fixed (int* starts = stretch.Starts, offsets = stretch.Offsets)
            fixed (T* slopes = stretch.Slopes)
            {
                for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
                {
                    T* plane = Input + c * Shape.Plane, gradient = GradOutput + c * Shape.Points + first;
                    for (int p = 0; p < count; p++)
                    {
                        T x = T.Zero, y = T.Zero, z = T.Zero;
                        for (int k = starts[p]; k < starts[p + 1]; k++)
                        {
                            T value = plane[offsets[k]];
                            x += value * slopes[3 * k];
                            y += value * slopes[3 * k + 1];
                            z += value * slopes[3 * k + 2];
                        }
                        to[p * spatial] += x * gradient[p];
                        to[p * spatial + 1] += y * gradient[p];
                        if (spatial == 3) to[p * spatial + 2] += z * gradient[p];
                    }
                }
            }
        }
    }
}
