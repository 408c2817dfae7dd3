using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// One direction of one layer of a recurrent network over whole sequences: time steps one after another, in each a matrix product of
/// the states and a pass over the gates. The input's part of all gates is one product beforehand.
/// </summary>
/// <remarks>
/// All memory is row-major: gates (L, N, G·H), states (N, H), outputs (L, N, H), weight (G·H, H). Rows of the batch never meet, so each
/// chunk takes some of them through all steps, and the weight is packed once for all.
/// </remarks>
public static unsafe class RecurrentLayer
{
    private const int RowsPerChunk = 12;

    /// <summary>Length L, batch N and width H of the sequences, and their direction.</summary>
    public readonly record struct Shape(long Length, long Batch, long Size, bool Reverse)
    {
        internal long Place(long step) => Reverse ? Length - 1 - step : step;
    }

    /// <summary>The memory of a pass; cell, cells and their gradients only where the cell has one, bias and the gradients from outside may be null.</summary>
    public struct Memory<T> where T : unmanaged
    {
        /// <summary>Gates of the input (L, N, G·H), first states (N, H), weight (G·H, H) and bias (G·H).</summary>
        public T* Gates, Hidden, Cell, Weight, Bias;

        /// <summary>Outputs and cells (L, N, H), and what the cell keeps (L, N, K·H).</summary>
        public T* Outputs, Cells, Kept;

        /// <summary>Backward: the gradients of outputs and cells.</summary>
        public T* OutputGradient, CellsGradient;

        /// <summary>Backward: the gradients of both parts of the gates (one memory unless the cell splits them) and of the first states, written.</summary>
        public T* GatesGradient, StateGradient, HiddenGradient, CellGradient;
    }

    /// <summary>Outputs, cells and what is kept for the gradient, from gates and first states.</summary>
    public static void Forward<TCell, T>(in Shape shape, in Memory<T> memory)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T> => Run<TCell, T>(shape, memory, backward: false);

    /// <summary>The gradients of the gates and the first states from those of outputs and cells.</summary>
    public static void Backward<TCell, T>(in Shape shape, in Memory<T> memory)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T> => Run<TCell, T>(shape, memory, backward: true);

    /// <summary>The gradient of the weight (G·H, H), stored or added: the sum over all steps of gateᵀ·state before, as one product beside the first step's.</summary>
    public static void WeightGradient<T>(in Shape shape, long wide, in Memory<T> memory, T* weightGradient, bool add = false) where T : unmanaged, INumberBase<T>
    {
        long size = shape.Size, batch = shape.Batch, rows = (shape.Length - 1) * batch;
        Gemm.Multiply(memory.StateGradient + shape.Place(0) * batch * wide, 1, wide, memory.Hidden, size, 1, weightGradient, size, wide, size, batch, T.One, add ? T.One : T.Zero);
        if (rows == 0) return;
        T* gradients = memory.StateGradient + (shape.Reverse ? 0 : batch * wide), states = memory.Outputs + (shape.Reverse ? batch * size : 0);
        Gemm.Multiply(gradients, 1, wide, states, size, 1, weightGradient, size, wide, size, rows, T.One, T.One);
    }

    private static void Run<TCell, T>(in Shape shape, in Memory<T> memory, bool backward)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (GemmLanes512<T>.IsSupported) Run<TCell, GemmLanes512<T>, Vector512<T>, T>(shape, memory, backward);
        else if (GemmLanes256<T>.IsSupported) Run<TCell, GemmLanes256<T>, Vector256<T>, T>(shape, memory, backward);
        else Run<TCell, GemmLanes128<T>, Vector128<T>, T>(shape, memory, backward);
    }

    private static void Run<TCell, L, V, T>(in Shape shape, in Memory<T> memory, bool backward)
        where TCell : struct, IRecurrentCell
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint size = (nint)shape.Size, wide = TCell.Gates * size;
        using Scratch room = Scratch.Rent<T>(backward ? PackedFactor<L, V, T>.Room(wide, size) : PackedFactor<L, V, T>.Room(size, wide));
        var body = new Body<TCell, L, V, T>
        {
            Shape = shape, Memory = memory, IsBackward = backward,
            Weight = backward
                ? PackedFactor<L, V, T>.Pack(memory.Weight, size, 1, wide, size, (T*)room.Pointer)
                : PackedFactor<L, V, T>.Pack(memory.Weight, 1, size, size, wide, (T*)room.Pointer),
        };
        WorkerPool.Run((int)((shape.Batch + RowsPerChunk - 1) / RowsPerChunk), ref body);
    }

    private struct Body<TCell, L, V, T> : IParallelBody
        where TCell : struct, IRecurrentCell
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Shape Shape;
        public Memory<T> Memory;
        public bool IsBackward;
        public PackedFactor<L, V, T> Weight;

        public readonly void Run(int chunk)
        {
            long first = (long)chunk * RowsPerChunk, rows = Math.Min(RowsPerChunk, Shape.Batch - first);
            if (IsBackward) Backward(first, rows);
            else Forward(first, rows);
        }

        private readonly void Forward(long first, long rows)
        {
            long size = Shape.Size, wide = TCell.Gates * size;
            using Scratch room = Scratch.Rent<T>(rows * wide);
            T* product = (T*)room.Pointer;
            for (long step = 0; step < Shape.Length; step++)
            {
                RecurrentRow<T> row = At(step, first);
                row.Recurrent = product;
                Weight.Multiply(row.HiddenBefore, (nint)size, product, (nint)wide, (nint)rows, accumulate: false);
                for (long r = 0; r < rows; r++)
                {
                    TCell.Forward(row);
                    Next(ref row, wide);
                }
            }
        }

        private readonly void Backward(long first, long rows)
        {
            long size = Shape.Size, wide = TCell.Gates * size;
            T* hidden = Memory.HiddenGradient + first * size, cell = TCell.HasCell ? Memory.CellGradient + first * size : null;
            BorderedPlane.Clear(hidden, (nint)(rows * size));
            if (TCell.HasCell) BorderedPlane.Clear(cell, (nint)(rows * size));
            for (long step = Shape.Length - 1; step >= 0; step--)
            {
                RecurrentRow<T> row = At(step, first);
                row.HiddenGradient = hidden;
                row.CellGradient = cell;
                T* gradient = row.Recurrent;
                for (long r = 0; r < rows; r++)
                {
                    TCell.Backward(row);
                    Next(ref row, wide);
                }
                Weight.Multiply(gradient, (nint)wide, hidden, (nint)size, (nint)rows, accumulate: TCell.IsSplit);
            }
        }

        /// <summary>The pointers to one row of one step; those that the pass lacks stay meaningless.</summary>
        private readonly RecurrentRow<T> At(long step, long first)
        {
            long size = Shape.Size, now = Shape.Place(step) * Shape.Batch + first, before = Shape.Place(step - 1) * Shape.Batch + first;
            long wide = TCell.Gates * size;
            return new RecurrentRow<T>
            {
                Gates = Memory.Gates + now * wide, Bias = Memory.Bias, Kept = Memory.Kept + now * TCell.Kept * size, Size = size,
                HiddenBefore = step == 0 ? Memory.Hidden + first * size : Memory.Outputs + before * size, HiddenAfter = Memory.Outputs + now * size,
                CellBefore = step == 0 ? Memory.Cell + first * size : Memory.Cells + before * size, CellAfter = Memory.Cells + now * size,
                OutputGradient = Memory.OutputGradient == null ? null : Memory.OutputGradient + now * size,
                CellsGradient = Memory.CellsGradient == null ? null : Memory.CellsGradient + now * size,
                GatesGradient = Memory.GatesGradient + now * wide, Recurrent = Memory.StateGradient + now * wide,
            };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Next(ref RecurrentRow<T> row, long wide)
        {
            long size = row.Size;
            row.Gates += wide;
            row.Recurrent += wide;
            row.GatesGradient += wide;
            row.Kept += TCell.Kept * size;
            row.HiddenBefore += size;
            row.HiddenAfter += size;
            row.CellBefore += size;
            row.CellAfter += size;
            row.HiddenGradient += size;
            row.CellGradient += size;
            if (row.OutputGradient != null) row.OutputGradient += size;
            if (row.CellsGradient != null) row.CellsGradient += size;
        }
    }
}
