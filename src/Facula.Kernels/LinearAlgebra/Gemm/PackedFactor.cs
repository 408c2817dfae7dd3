using System.Numerics;

namespace Facula.Kernels;

/// <summary>The right factor of products that follow one another, packed once for all of them.</summary>
internal unsafe struct PackedFactor<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int LongestBlock = 256;

    private T* _panels;
    private nint _k, _columns;

    private static nint Tile => GemmBlock<L, V, T>.TileColumns;

    private static nint PanelStride(nint k) => k * Tile + 64 / sizeof(T);

    /// <summary>Elements of memory that a factor of k rows needs.</summary>
    public static nint Room(nint k, nint columns) => GemmPlan.Ceiling(k, LongestBlock) * GemmPlan.Ceiling(columns, Tile) * PanelStride(Math.Min(k, LongestBlock));

    /// <summary>Packs element (i, j) at source[i·row + j·column].</summary>
    public static PackedFactor<L, V, T> Pack(T* source, nint row, nint column, nint k, nint columns, T* room)
    {
        T* to = room;
        for (nint first = 0; first < k; first += LongestBlock)
        {
            nint count = Math.Min(LongestBlock, k - first), stride = PanelStride(count);
            GemmPacking<T>.Pack(source + first * row, column, row, columns, count, (int)Tile, to, stride);
            to += GemmPlan.Ceiling(columns, Tile) * stride;
        }
        return new PackedFactor<L, V, T> { _panels = room, _k = k, _columns = columns };
    }

    /// <summary>c = a · factor, or c += a · factor; the rows of a are dense.</summary>
    public readonly void Multiply(T* a, nint aRow, T* c, nint cRow, nint rows, bool accumulate) => Multiply(a, aRow, c, cRow, rows, _k, _columns, T.One, accumulate);

    /// <summary>The product with the first k rows and the first columns of the factor only, times alpha.</summary>
    public readonly void Multiply(T* a, nint aRow, T* c, nint cRow, nint rows, nint k, nint columns, T alpha, bool accumulate)
    {
        T* panels = _panels;
        for (nint first = 0; first < k; first += LongestBlock)
        {
            nint packed = Math.Min(LongestBlock, _k - first), stride = PanelStride(packed);
            new GemmBlock<L, V, T>
            {
                A = a + first, APanel = L.Rows * aRow, ARow = aRow, AStep = 1,
                B = panels, BPanel = stride, BStep = Tile,
                C = c, CRow = cRow, Rows = rows, Columns = columns, K = Math.Min(packed, k - first),
                Alpha = alpha, Beta = accumulate || first > 0 ? T.One : T.Zero,
            }.Run();
            panels += GemmPlan.Ceiling(_columns, Tile) * stride;
        }
    }
}
