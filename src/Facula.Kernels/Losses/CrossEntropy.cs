using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>log-softmax and negative log likelihood in one, over batch × classes × positions, row-major, with a class per batch and position.</summary>
/// <remarks>
/// Of the probabilities nothing is written: forward keeps the largest score of each target and the sum of the exponentials, and backward computes
/// the probabilities from them where it writes the gradient.
/// </remarks>
public static unsafe class CrossEntropy
{
    /// <summary>Positions worked on at once where there are several.</summary>
    private const long Line = 512;

    /// <summary>The most classes of rows that are turned: their tile stays in the first cache.</summary>
    private const long MostTurned = 64;

    /// <summary>Sizes and memory; weight may be null.</summary>
    public struct Problem<T> where T : unmanaged
    {
        public long Batch, Classes, Positions, Ignored;
        public T* Scores, Weight;
        public long* Target;

        /// <summary>For each target the largest score and the sum of e^(score − largest).</summary>
        public T* Statistics;
    }

    /// <summary>Writes the statistics and one loss for each target.</summary>
    public static void Forward<T>(in Problem<T> problem, T* losses) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Problem = problem, Losses = losses };
        body.Run();
    }

    /// <summary>Writes the gradient of the scores from those of the losses, one for each target.</summary>
    public static void Backward<T>(in Problem<T> problem, T* gradients, T* destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Problem = problem, Gradients = gradients, Destination = destination };
        body.Run();
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Problem<T> Problem;
        public T* Losses, Gradients, Destination;
        private long _lines, _tasks, _perChunk, _rows;

        public void Run()
        {
            if (Problem.Batch * Problem.Positions == 0) return;
            // Rows of few classes go together, one in each lane.
            bool turned = Problem.Positions == 1 && Problem.Classes is > 0 and <= MostTurned;
            _rows = turned ? Vector512<T>.Count : 1;
            _lines = (Problem.Positions + Line - 1) / Line;
            _tasks = (Problem.Batch + _rows - 1) / _rows * _lines;
            _perChunk = Math.Max(Math.Max(1, _tasks / 512), PointwiseGrain.Heavy / Math.Max(1, Problem.Classes * Math.Min(Problem.Positions, Line) * _rows));
            WorkerPool.Run((int)((_tasks + _perChunk - 1) / _perChunk), ref this);
        }

        public readonly void Run(int chunk)
        {
            using Scratch room = Scratch.Rent<T>(3 * Line + (_rows > 1 ? MostTurned * _rows : 0));
            T* largest = (T*)room.Pointer, sums = largest + Line, factors = sums + Line, tile = factors + Line;
            long last = Math.Min(_tasks, (chunk + 1) * _perChunk), stride = Problem.Positions;
            for (long task = chunk * _perChunk; task < last; task++)
            {
                long batch = task / _lines * _rows, position = task % _lines * Line;
                long columns = stride == 1 ? Math.Min(_rows, Problem.Batch - batch) : Math.Min(Line, stride - position);
                long first = batch * stride + position, at = batch * Problem.Classes * stride + position;
                T* scores = Problem.Scores + at, statistics = Problem.Statistics + 2 * first;
                if (_rows > 1) ShortRows.Turn(scores, Problem.Classes, (int)columns, Problem.Classes, tile);
                if (Destination == null) Losing(scores, statistics, first, columns, largest, sums, tile);
                else Gradient(scores, statistics, Destination + at, first, columns, largest, sums, factors, tile);
            }
        }

        // From one target's scores to the next one's.
        private readonly long Step => Problem.Positions == 1 ? Problem.Classes : 1;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Losing(T* scores, T* statistics, long first, long columns, T* largest, T* sums, T* tile)
        {
            long stride = Problem.Positions, step = Step;
            if (_rows > 1)
            {
                Vector512<T> top = Softmax.LargestOfLanes(tile, Problem.Classes, _rows);
                top.Store(largest);
                Softmax.ExponentialsOfLanes(tile, Problem.Classes, _rows, top).Store(sums);
            }
            else if (stride == 1)
            {
                *largest = Softmax.Largest(scores, Problem.Classes);
                *sums = Softmax.SumOfExponentials(scores, Problem.Classes, *largest);
            }
            else
            {
                Softmax.LargestOfColumns(scores, Problem.Classes, stride, columns, largest);
                Softmax.ExponentialsOfColumns<T>(scores, null, Problem.Classes, stride, columns, largest, sums, null);
            }
            for (long j = 0; j < columns; j++) (statistics[2 * j], statistics[2 * j + 1]) = (largest[j], sums[j]);
            // Turned rows fill whole vectors, also the last ones: a row's loss does not depend on its neighbours.
            Softmax.Logarithms(sums, _rows > 1 ? _rows : columns);
            for (long j = 0; j < columns; j++)
            {
                long target = Problem.Target[first + j];
                T loss = target == Problem.Ignored ? T.Zero : -(scores[target * stride + j * step] - largest[j] - sums[j]);
                Losses[first + j] = target == Problem.Ignored || Problem.Weight == null ? loss : loss * Problem.Weight[target];
            }
        }

        // The probabilities times the weighted gradient, and that taken from the target's.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Gradient(T* scores, T* statistics, T* destination, long first, long columns, T* largest, T* weighted, T* factors, T* tile)
        {
            long stride = Problem.Positions, step = Step;
            for (long j = 0; j < columns; j++)
            {
                long target = Problem.Target[first + j];
                weighted[j] = target == Problem.Ignored ? T.Zero : Problem.Weight == null ? Gradients[first + j] : Gradients[first + j] * Problem.Weight[target];
                largest[j] = statistics[2 * j];
                factors[j] = weighted[j] / statistics[2 * j + 1];
            }
            if (_rows > 1)
            {
                Vector512<T> top = Vector512.Load(largest), factor = Vector512.Load(factors);
                for (T* lane = tile; lane < tile + Problem.Classes * _rows; lane += _rows) (SoftmaxLanes.Exp(Vector512.Load(lane) - top) * factor).Store(lane);
                ShortRows.TurnBack(tile, Problem.Classes, (int)columns, destination, Problem.Classes);
            }
            else if (stride == 1) Softmax.Exponentials(scores, destination, Problem.Classes, *largest, *factors);
            else Softmax.ExponentialsOfColumns(scores, destination, Problem.Classes, stride, columns, largest, null, factors);
            for (long j = 0; j < columns; j++)
            {
                long target = Problem.Target[first + j];
                if (target != Problem.Ignored) destination[target * stride + j * step] -= weighted[j];
            }
        }
    }
}
