using System.Numerics;

namespace Facula.Kernels;

/// <summary>The gradients of one head per chunk. With p the probabilities and g the output's gradient: dv = pᵀ·g, ds = p·(g·vᵀ − Σ), dq = ds·k, dk = dsᵀ·q.</summary>
internal unsafe struct AttentionGradient<L, V, T> : IParallelBody
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows of a block at least: the products over them would be too short otherwise.</summary>
    private const int LeastRows = 48;

    public AttentionProblem<T> Problem;

    public readonly void Run(int chunk)
    {
        long batch = chunk / Problem.Heads, head = chunk % Problem.Heads;
        nint keys = (nint)Problem.Keys, width = (nint)Problem.Width, wide = (nint)Problem.ValueWidth, stride = ScaledAttention.RowStride<T>(keys);
        nint most = ScaledAttention.RowsPerBlock<T>(Problem.Queries, Problem.Keys, L.Rows, LeastRows);
        nint keyRoom = PackedFactor<L, V, T>.Room(width, keys), valueRoom = PackedFactor<L, V, T>.Room(wide, keys), backRoom = PackedFactor<L, V, T>.Room(keys, width);
        using Scratch room = Scratch.Rent<T>(keyRoom + valueRoom + backRoom + 2 * most * stride);
        T* memory = (T*)room.Pointer, scores = memory + keyRoom + valueRoom + backRoom, slopes = scores + most * stride;
        T* key = Problem.Key.At(batch, head), value = Problem.Value.At(batch, head);
        var keyTurned = PackedFactor<L, V, T>.Pack(key, 1, Problem.Key.Row, width, keys, memory);
        var valueTurned = PackedFactor<L, V, T>.Pack(value, 1, Problem.Value.Row, wide, keys, memory + keyRoom);
        var keyFactor = PackedFactor<L, V, T>.Pack(key, Problem.Key.Row, 1, keys, width, memory + keyRoom + valueRoom);
        T* toKey = Problem.KeyGradient.At(batch, head), toValue = Problem.ValueGradient.At(batch, head);
        if (Problem.IsCausal)
        {
            // Blocks then reach the first keys only.
            Clear(toKey, Problem.KeyGradient.Row, keys, width);
            Clear(toValue, Problem.ValueGradient.Row, keys, wide);
        }
        for (nint first = 0; first < Problem.Queries; first += most)
        {
            nint rows = Math.Min(most, (nint)Problem.Queries - first), columns = Problem.IsCausal ? Math.Min(keys, first + rows) : keys;
            T* query = Problem.Query.At(batch, head) + first * Problem.Query.Row, gradient = Problem.Gradient.At(batch, head) + first * Problem.Gradient.Row;
            keyTurned.Multiply(query, Problem.Query.Row, scores, stride, rows, width, columns, Problem.Scale, false);
            valueTurned.Multiply(gradient, Problem.Gradient.Row, slopes, stride, rows, wide, columns, T.One, false);
            Problem.Hide(scores, stride, batch, head, first, rows, columns);
            ScoreRows<T>.Slopes(scores, slopes, stride, rows, columns, Problem.Statistics + 2 * ((batch * Problem.Heads + head) * Problem.Queries + first),
                Problem.Output.At(batch, head) + first * Problem.Output.Row, Problem.Output.Row, gradient, Problem.Gradient.Row, wide);
            T kept = first > 0 || Problem.IsCausal ? T.One : T.Zero;
            Gemm.Multiply(scores, 1, stride, gradient, Problem.Gradient.Row, 1, toValue, Problem.ValueGradient.Row, columns, wide, rows, T.One, kept);
            Gemm.Multiply(slopes, 1, stride, query, Problem.Query.Row, 1, toKey, Problem.KeyGradient.Row, columns, width, rows, Problem.Scale, kept);
            keyFactor.Multiply(slopes, stride, Problem.QueryGradient.At(batch, head) + first * Problem.QueryGradient.Row, Problem.QueryGradient.Row, rows, columns, width, Problem.Scale, false);
        }
    }

    private static void Clear(T* start, nint stride, nint rows, nint count)
    {
        for (nint i = 0; i < rows; i++) new Span<T>(start + i * stride, (int)count).Clear();
    }
}
