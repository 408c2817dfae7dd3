using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>softmax(query · keyᵀ · scale + mask) · value for many heads, a block of rows of the scores at a time.</summary>
/// <remarks>
/// A block of scores stays in the second-level cache: product, softmax, product with the values, then the next block. Forward keeps two
/// numbers of each row, from which backward computes the same probabilities anew: memory grows with L + S, not with L · S.
/// </remarks>
public static unsafe class ScaledAttention
{
    /// <summary>Writes output and statistics.</summary>
    public static void Forward<T>(in AttentionProblem<T> problem) where T : unmanaged, IFloatingPointIeee754<T> => Run(problem, backward: false);

    /// <summary>Writes the gradients of query, key and value.</summary>
    public static void Backward<T>(in AttentionProblem<T> problem) where T : unmanaged, IFloatingPointIeee754<T> => Run(problem, backward: true);

    private static void Run<T>(in AttentionProblem<T> problem, bool backward) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (GemmLanes512<T>.IsSupported) Run<GemmLanes512<T>, Vector512<T>, T>(problem, backward);
        else if (GemmLanes256<T>.IsSupported) Run<GemmLanes256<T>, Vector256<T>, T>(problem, backward);
        else Run<GemmLanes128<T>, Vector128<T>, T>(problem, backward);
    }

    private static void Run<L, V, T>(in AttentionProblem<T> problem, bool backward)
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (backward)
        {
            var gradients = new AttentionGradient<L, V, T> { Problem = problem };
            WorkerPool.Run((int)(problem.Batch * problem.Heads), ref gradients);
            return;
        }
        var body = new AttentionForward<L, V, T> { Problem = problem };
        WorkerPool.Run(body.Plan(), ref body);
    }

    /// <summary>Rows of a block of scores: some 128 KB of them, whole tiles, as equal as can be.</summary>
    internal static nint RowsPerBlock<T>(long queries, long keys, int tile, int least) where T : unmanaged
    {
        long most = Math.Max(least, (128 << 10) / sizeof(T) / Math.Max(1, keys));
        long blocks = (queries + most - 1) / most;
        return (nint)((queries + blocks * tile - 1) / (blocks * tile) * tile);
    }

    /// <summary>From one row of scores to the next: whole vectors, and off the powers of two that would share cache sets.</summary>
    internal static nint RowStride<T>(long keys) where T : unmanaged, IFloatingPointIeee754<T> => ScoreRows<T>.Padded((nint)keys) + Vector512<T>.Count;
}

/// <summary>Each chunk takes one head, or some of its rows.</summary>
internal unsafe struct AttentionForward<L, V, T> : IParallelBody
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public AttentionProblem<T> Problem;
    private nint _rows;
    private long _blocks, _blocksPerChunk, _chunksPerHead;

    /// <summary>No row's result depends on the cut, which may therefore follow the number of threads.</summary>
    public int Plan()
    {
        long heads = Problem.Batch * Problem.Heads;
        _rows = ScaledAttention.RowsPerBlock<T>(Problem.Queries, Problem.Keys, L.Rows, L.Rows);
        _blocks = (Problem.Queries + _rows - 1) / _rows;
        _chunksPerHead = Math.Min(_blocks, (4 * WorkerPool.Threads + heads - 1) / heads);
        _blocksPerChunk = (_blocks + _chunksPerHead - 1) / _chunksPerHead;
        return checked((int)(heads * _chunksPerHead));
    }

    public readonly void Run(int chunk)
    {
        long index = chunk / _chunksPerHead, batch = index / Problem.Heads, head = index % Problem.Heads;
        nint keys = (nint)Problem.Keys, width = (nint)Problem.Width, wide = (nint)Problem.ValueWidth, stride = ScaledAttention.RowStride<T>(keys);
        nint keyRoom = PackedFactor<L, V, T>.Room(width, keys), valueRoom = PackedFactor<L, V, T>.Room(keys, wide);
        using Scratch room = Scratch.Rent<T>(keyRoom + valueRoom + _rows * stride);
        T* memory = (T*)room.Pointer, scores = memory + keyRoom + valueRoom;
        var key = PackedFactor<L, V, T>.Pack(Problem.Key.At(batch, head), 1, Problem.Key.Row, width, keys, memory);
        var value = PackedFactor<L, V, T>.Pack(Problem.Value.At(batch, head), Problem.Value.Row, 1, keys, wide, memory + keyRoom);
        T* query = Problem.Query.At(batch, head), output = Problem.Output.At(batch, head), statistics = Problem.Statistics + index * Problem.Queries * 2;
        long last = Math.Min(_blocks, (chunk % _chunksPerHead + 1) * _blocksPerChunk);
        for (long block = chunk % _chunksPerHead * _blocksPerChunk; block < last; block++)
        {
            nint first = (nint)block * _rows, rows = (nint)Math.Min(_rows, Problem.Queries - first);
            nint columns = Problem.IsCausal ? Math.Min(keys, first + rows) : keys;
            key.Multiply(query + first * Problem.Query.Row, Problem.Query.Row, scores, stride, rows, width, columns, Problem.Scale, false);
            Problem.Hide(scores, stride, batch, head, first, rows, columns);
            T* to = output + first * Problem.Output.Row, numbers = statistics + 2 * first;
            ScoreRows<T>.Exponentials(scores, stride, rows, columns, numbers);
            value.Multiply(scores, stride, to, Problem.Output.Row, rows, columns, wide, T.One, false);
            ScoreRows<T>.Normalize(to, Problem.Output.Row, rows, wide, numbers);
        }
    }
}
