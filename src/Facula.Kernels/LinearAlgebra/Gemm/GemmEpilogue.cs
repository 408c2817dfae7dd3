namespace Facula.Kernels;

/// <summary>What is done to the elements of a product before they are stored: C = f(alpha·A·B + beta·C + biases).</summary>
public unsafe struct GemmEpilogue<T> where T : unmanaged
{
    /// <summary>One addend per column of C, or null.</summary>
    public T* ColumnBias;
    /// <summary>One addend per row of C, or null.</summary>
    public T* RowBias;
    /// <summary>Whether negative results become zero.</summary>
    public bool Relu;

    internal readonly bool IsIdentity => ColumnBias == null && RowBias == null && !Relu;
}
