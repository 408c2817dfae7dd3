using System.Numerics;

namespace Facula.Kernels;

/// <summary>
/// One direction of one layer of a recurrent network over whole sequences: time steps one after another, in each a matrix product of
/// the states and a pass over the gates. The input's part of all gates is one product beforehand.
/// </summary>
/// <remarks>All memory is row-major: gates (L, N, G·H), states (N, H), outputs (L, N, H), weight (G·H, H).</remarks>
public static unsafe class RecurrentLayer
{
    /// <summary>Outputs, cells and what is kept for the gradient, from gates and first states; cell and cells only where the cell has one.</summary>
    public static void Forward<TCell, T>(T* gates, T* hidden, T* cell, T* weight, T* bias, T* outputs, T* cells, T* kept, long length, long batch, long size, bool reverse)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long wide = TCell.Gates * size, state = batch * size;
        using Scratch turned = Scratch.Rent<T>(wide * size), room = Scratch.Rent<T>(batch * wide);
        T* weights = (T*)turned.Pointer, product = (T*)room.Pointer;
        // The products read the weights by rows of all gates, once turned for all steps.
        for (long i = 0; i < wide; i++)
            for (long k = 0; k < size; k++) weights[k * wide + i] = weight[i * size + k];
        var body = new Pass<TCell, T> { Batch = batch, PerChunk = RowsPerChunk(wide), Backward = false };
        var row = new RecurrentRow<T> { Recurrent = product, Bias = bias, HiddenBefore = hidden, CellBefore = cell, Size = size };
        for (long step = 0; step < length; step++)
        {
            long t = reverse ? length - 1 - step : step;
            Gemm.Multiply(row.HiddenBefore, size, 1, weights, wide, 1, product, wide, batch, wide, size, T.One, T.Zero);
            row.Gates = gates + t * batch * wide;
            row.HiddenAfter = outputs + t * state;
            row.CellAfter = cells + t * state;
            row.Kept = kept + t * TCell.Kept * state;
            body.First = row;
            body.Run();
            row.HiddenBefore = row.HiddenAfter;
            row.CellBefore = row.CellAfter;
        }
    }

    /// <summary>
    /// The gradients of the gates' input part, the gates' state part (the same memory unless the cell splits them) and the first states,
    /// from those of outputs and cells, either of which may be null. hiddenGradient and cellGradient are (N, H).
    /// </summary>
    public static void Backward<TCell, T>(T* outputGradient, T* cellsGradient, T* hidden, T* cell, T* weight, T* outputs, T* cells, T* kept,
        T* gatesGradient, T* stateGradient, T* hiddenGradient, T* cellGradient, long length, long batch, long size, bool reverse)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long wide = TCell.Gates * size, state = batch * size;
        new Span<T>(hiddenGradient, checked((int)state)).Clear();
        if (TCell.HasCell) new Span<T>(cellGradient, checked((int)state)).Clear();
        var body = new Pass<TCell, T> { Batch = batch, PerChunk = RowsPerChunk(wide), Backward = true };
        for (long step = length - 1; step >= 0; step--)
        {
            long t = reverse ? length - 1 - step : step, before = reverse ? t + 1 : t - 1;
            body.First = new RecurrentRow<T>
            {
                Recurrent = stateGradient + t * batch * wide, GatesGradient = gatesGradient + t * batch * wide, Kept = kept + t * TCell.Kept * state,
                HiddenBefore = step == 0 ? hidden : outputs + before * state, HiddenAfter = outputs + t * state,
                CellBefore = step == 0 ? cell : cells + before * state, CellAfter = cells + t * state,
                HiddenGradient = hiddenGradient, CellGradient = cellGradient, Size = size,
                OutputGradient = outputGradient == null ? null : outputGradient + t * state, CellsGradient = cellsGradient == null ? null : cellsGradient + t * state,
            };
            body.Run();
            Gemm.Multiply(body.First.Recurrent, wide, 1, weight, size, 1, hiddenGradient, size, batch, size, wide, T.One, TCell.IsSplit ? T.One : T.Zero);
        }
    }

    /// <summary>The gradient of the weight (G·H, H): the sum over all steps of gateᵀ·state before, as one product beside the first step's.</summary>
    public static void WeightGradient<T>(T* stateGradient, T* hidden, T* outputs, T* weightGradient, long length, long batch, long size, long wide, bool reverse)
        where T : unmanaged, INumberBase<T>
    {
        long first = reverse ? length - 1 : 0, rows = (length - 1) * batch;
        Gemm.Multiply(stateGradient + first * batch * wide, 1, wide, hidden, size, 1, weightGradient, size, wide, size, batch, T.One, T.Zero);
        if (rows == 0) return;
        T* gradients = stateGradient + (reverse ? 0 : batch * wide), states = outputs + (reverse ? batch * size : 0);
        Gemm.Multiply(gradients, 1, wide, states, size, 1, weightGradient, size, wide, size, rows, T.One, T.One);
    }

    private static long RowsPerChunk(long wide) => Math.Max(1, 2 * PointwiseGrain.Heavy / Math.Max(1, wide));

    private struct Pass<TCell, T> : IParallelBody
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public RecurrentRow<T> First;
        public long Batch, PerChunk;
        public bool Backward;

        public void Run() => WorkerPool.Run((int)((Batch + PerChunk - 1) / PerChunk), ref this);

        public readonly void Run(int chunk)
        {
            long size = First.Size, wide = TCell.Gates * size, start = chunk * PerChunk, end = Math.Min(Batch, start + PerChunk);
            for (long n = start; n < end; n++)
            {
                RecurrentRow<T> row = First;
                row.Gates += n * wide;
                row.GatesGradient += n * wide;
                row.Recurrent += n * wide;
                row.Kept += n * TCell.Kept * size;
                row.HiddenBefore += n * size;
                row.HiddenAfter += n * size;
                row.CellBefore += n * size;
                row.CellAfter += n * size;
                row.HiddenGradient += n * size;
                row.CellGradient += n * size;
                if (row.OutputGradient != null) row.OutputGradient += n * size;
                if (row.CellsGradient != null) row.CellsGradient += n * size;
                if (Backward) TCell.Backward(row);
                else TCell.Forward(row);
            }
        }
    }
}
