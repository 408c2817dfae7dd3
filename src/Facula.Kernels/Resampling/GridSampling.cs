using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Reads an input at the points of a grid, and the two gradients of that.</summary>
public static unsafe class GridSampling
{
    private const long PointsPerChunk = 512;

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
            long sample = chunk / _chunks, first = chunk % _chunks * PointsPerChunk, last = Math.Min(Shape.Points, first + PointsPerChunk);
            var taps = new GridPoint<T>(Shape);
            T* weights = stackalloc T[GridPoint<T>.Most];
            for (long p = first; p < last; p++)
            {
                taps.Set(Grid + (sample * Shape.Points + p) * Shape.Spatial);
                taps.WeightsAs(new(weights, GridPoint<T>.Most));
                for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
                {
                    T* plane = Input + c * Shape.Plane;
                    T sum = T.Zero;
                    for (int k = 0; k < taps.Count; k++) sum += plane[taps.Offsets[k]] * weights[k];
                    Output[c * Shape.Points + p] = sum;
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
            long first = sample * Shape.Channels + group * Shape.Channels / Groups, last = sample * Shape.Channels + (group + 1) * Shape.Channels / Groups;
            BorderedPlane.Clear(GradInput + first * Shape.Plane, (nint)(last - first) * Shape.Plane);
            var taps = new GridPoint<T>(Shape);
            T* weights = stackalloc T[GridPoint<T>.Most];
            for (long p = 0; p < Shape.Points; p++)
            {
                taps.Set(Grid + (sample * Shape.Points + p) * Shape.Spatial);
                taps.WeightsAs(new(weights, GridPoint<T>.Most));
                for (long c = first; c < last; c++)
                {
                    T* plane = GradInput + c * Shape.Plane;
                    T gradient = GradOutput[c * Shape.Points + p];
                    for (int k = 0; k < taps.Count; k++) plane[taps.Offsets[k]] += gradient * weights[k];
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
            long sample = chunk / _chunks, first = chunk % _chunks * PointsPerChunk, last = Math.Min(Shape.Points, first + PointsPerChunk);
            var taps = new GridPoint<T>(Shape);
            Span<T> sums = stackalloc T[3];
            for (long p = first; p < last; p++)
            {
                long point = (sample * Shape.Points + p) * Shape.Spatial;
                taps.Set(Grid + point);
                sums.Clear();
                for (long c = sample * Shape.Channels; c < (sample + 1) * Shape.Channels; c++)
                {
                    T* plane = Input + c * Shape.Plane;
                    T gradient = GradOutput[c * Shape.Points + p];
                    for (int k = 0; k < taps.Count; k++)
                    {
                        T value = plane[taps.Offsets[k]] * gradient;
                        for (int axis = 0; axis < Shape.Spatial; axis++) sums[axis] += value * T.CreateTruncating(taps.Slopes[axis * GridPoint<T>.Most + k]);
                    }
                }
                for (int axis = 0; axis < Shape.Spatial; axis++) GradGrid[point + axis] = sums[axis];
            }
        }
    }
}
