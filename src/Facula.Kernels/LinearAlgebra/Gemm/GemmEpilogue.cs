using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>What is done to the elements of a product before they are stored: C = f(alpha·A·B + beta·C + biases).</summary>
public unsafe struct GemmEpilogue<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>One addend per column of C, or null.</summary>
    public T* ColumnBias;
    /// <summary>One addend per row of C, or null.</summary>
    public T* RowBias;
    /// <summary>Whether negative results become zero.</summary>
    public bool Relu;

    /// <summary>What is stored for a sum at a row and a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly T Apply(T sum, nint row, nint column)
    {
        if (RowBias != null) sum += RowBias[row];
        if (ColumnBias != null) sum += ColumnBias[column];
        return Relu && T.IsNegative(sum) && !T.IsNaN(sum) ? T.Zero : sum;
    }

    /// <summary>What begins at another row and column of C.</summary>
    internal readonly GemmEpilogue<T> At(nint row, nint column) => new()
    {
        ColumnBias = ColumnBias != null ? ColumnBias + column : null,
        RowBias = RowBias != null ? RowBias + row : null,
        Relu = Relu,
    };

    /// <summary>The bias of the columns or that of the rows, not both; negative results may become zero.</summary>
    internal readonly bool IsOneBias => ColumnBias != null != (RowBias != null);

    internal readonly bool IsIdentity => ColumnBias == null && RowBias == null && !Relu;
}
