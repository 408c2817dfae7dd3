using System.Numerics;

namespace Facula.Kernels;

/// <summary>The pointers to one sequence's row of one time step; H is the width of the state, G the number of gates.</summary>
public unsafe struct RecurrentRow<T> where T : unmanaged
{
    /// <summary>The input's part of the gates, G·H; forward only.</summary>
    public T* Gates;

    /// <summary>The state's part of the gates, G·H; forward: read; backward: its gradient, written.</summary>
    public T* Recurrent;

    /// <summary>The bias of the state's part, G·H; may be null.</summary>
    public T* Bias;

    /// <summary>The states before and after; the cells' only where the cell has one.</summary>
    public T* HiddenBefore, HiddenAfter, CellBefore, CellAfter;

    /// <summary>What the forward pass keeps for the backward pass.</summary>
    public T* Kept;

    /// <summary>Backward: the gradient of the state after (read) and of the cell after (read; that of the cell before is left there).</summary>
    public T* HiddenGradient, CellGradient;

    /// <summary>Backward: what comes from outside to the gradients of the states after; each may be null.</summary>
    public T* OutputGradient, CellsGradient;

    /// <summary>Backward: the gradient of the input's part of the gates; may be <see cref="Recurrent"/> itself.</summary>
    public T* GatesGradient;

    /// <summary>H.</summary>
    public long Size;
}

/// <summary>One step of a recurrent network for one sequence of the batch, without its matrix product.</summary>
public interface IRecurrentCell
{
    /// <summary>Blocks of H in the gates.</summary>
    static abstract int Gates { get; }

    /// <summary>Blocks of H kept for the backward pass.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether there is a cell state beside the hidden one.</summary>
    static abstract bool HasCell { get; }

    /// <summary>Whether the gradients of the two parts of the gates differ, and the state before also matters beside the product.</summary>
    static abstract bool IsSplit { get; }

    /// <summary>Gates and states before to states after.</summary>
    static abstract void Forward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// The gradient of the states after to those of the gates and, where <see cref="IsSplit"/>, to the direct part of the hidden state's
    /// before, which is left in the row of <see cref="RecurrentRow{T}.HiddenGradient"/>.
    /// </summary>
    static abstract void Backward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>;
}
