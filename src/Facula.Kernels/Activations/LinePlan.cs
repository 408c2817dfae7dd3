using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// How outer × count × inner is worked on along its middle: by rows where that is the last dimension, by lines of columns where it is not; and where rows and lines
/// are too short for vectors, by tiles with a result in each lane or by longer lines of several.
/// </summary>
internal struct LinePlan
{
    // A tile of this many vectors fills the first cache.
    private const long LongestTile = 480, ShortestRow = 64, ShortestLine = 16;

    private long _tasks, _perChunk, _blocks, _outer, _slice, _lanes;

    /// <summary>Whether as many outer slices as a vector has lanes are turned, so that each has a lane of its own.</summary>
    public bool IsTiled;

    /// <summary>Lines of columns: how many, their distance, and the elements of a last, shorter one.</summary>
    public long Rows, Stride, Rest;

    private long _width;

    public static LinePlan Of<T>(long outer, long count, long inner) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        var plan = new LinePlan { _outer = outer, _slice = count * inner, _lanes = lanes, _blocks = 1, _width = inner, Rows = count, Stride = inner };
        bool isShort = inner == 1 ? count < ShortestRow : inner < ShortestLine;
        plan.IsTiled = isShort && outer >= lanes / 2 && count * inner <= LongestTile;
        if (plan.IsTiled) plan._tasks = (outer + lanes - 1) / lanes;
        else
        {
            if (isShort && inner > 1 && count >= 64)
            {
                long several = (4 * lanes + inner - 1) / inner;
                (plan.Rows, plan.Rest) = (count / several, count % several * inner);
                plan.Stride = plan._width = several * inner;
            }
            else if (inner > 1) plan._blocks = (inner + Softmax.Line - 1) / Softmax.Line;
            plan._tasks = outer * plan._blocks;
        }
        long work = plan.IsTiled ? lanes * plan._slice : inner == 1 ? count : plan._slice / plan._blocks;
        // Of many tasks more at a time: a chunk asks for lines beyond its end, which another thread may be writing.
        long many = Math.Min(plan._tasks / 64, PointwiseGrain.Light / Math.Max(1, work));
        plan._perChunk = Math.Max(Math.Max(Math.Max(1, plan._tasks / 512), many), PointwiseGrain.Heavy / Math.Max(1, work));
        return plan;
    }

    public readonly int Chunks => (int)((_tasks + _perChunk - 1) / _perChunk);

    public readonly (long First, long Last) Tasks(int chunk) => (chunk * _perChunk, Math.Min(_tasks, (chunk + 1) * _perChunk));

    /// <summary>Where a task begins, and how many slices (of a tile) or columns it has.</summary>
    public readonly (long At, long Width) Place(long task)
    {
        if (IsTiled) return (task * _lanes * _slice, Math.Min(_lanes, _outer - task * _lanes));
        if (_blocks == 1) return (task * _slice, _width);
        long column = task % _blocks * Softmax.Line;
        return (task / _blocks * _slice + column, Math.Min(Softmax.Line, _width - column));
    }

    /// <summary>What a chunk works in: the tiles, or two lines.</summary>
    public readonly Scratch Room<T>(int tiles) where T : unmanaged =>
        IsTiled ? Scratch.Rent<T>(tiles * _slice * _lanes) : Stride == 1 ? default : Scratch.Rent<T>(2 * Softmax.Line);
}
