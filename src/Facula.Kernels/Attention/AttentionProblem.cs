using System.Numerics;

namespace Facula.Kernels;

/// <summary>Matrices of all heads: element (batch, head, row, i) lies at start[batch·b + head·h + row·r + i].</summary>
public readonly unsafe struct HeadRows<T>(T* start, long batch, long head, long row) where T : unmanaged
{
    internal nint Row => (nint)row;

    internal T* At(long b, long h) => start + b * batch + h * head;
}

/// <summary>Sizes and memory of attention: queries (L, D), keys (S, D), values (S, V) and outputs (L, V) of each head of each batch.</summary>
public unsafe struct AttentionProblem<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public long Batch, Heads, Queries, Keys, Width, ValueWidth;

    /// <summary>The factor of the scores.</summary>
    public T Scale;

    /// <summary>Whether each query sees only the keys up to its own place.</summary>
    public bool IsCausal;

    public HeadRows<T> Query, Key, Value, Output;

    /// <summary>What is added to the scores, or null; the stride of its columns is 0 or 1.</summary>
    public T* Mask;
    public long MaskBatch, MaskHead, MaskRow, MaskColumn;

    /// <summary>Whether a mask of −∞ stands for the score rather than being added to it (they differ where the score is no number).</summary>
    public bool MaskReplaces;

    /// <summary>For each row of each head (batch, head, L, 2) its largest score and one over the sum of its exponentials.</summary>
    public T* Statistics;

    /// <summary>Backward: the gradient of the output, and those written.</summary>
    public HeadRows<T> Gradient, QueryGradient, KeyGradient, ValueGradient;

    /// <summary>The masks, on the scaled scores of a block of rows.</summary>
    internal readonly void Hide(T* scores, nint stride, long batch, long head, nint first, nint rows, nint columns)
    {
        for (nint i = 0; Mask != null && i < rows; i++)
            ScoreRows<T>.AddMask(scores + i * stride, columns, Mask + batch * MaskBatch + head * MaskHead + (first + i) * MaskRow, (nint)MaskColumn, MaskReplaces);
        ScoreRows<T>.Hide(scores, stride, rows, first + 1, columns, IsCausal);
    }
}
