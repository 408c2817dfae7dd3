using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A rectangle of C and one block of k, cut into register tiles.</summary>
internal unsafe struct GemmBlock<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    /// <summary>A: the first element, the distance from one group of tile rows to the next, of two rows within it, and of two steps of k.</summary>
    public T* A;
    public nint APanel, ARow, AStep;
    /// <summary>B: the first element, the distance from one panel of columns to the next, and of two steps of k.</summary>
    public T* B;
    public nint BPanel, BStep;
    /// <summary>Where B is packed from just before its panels are used, or null when it lies packed already; strides of two steps of k and of two columns.</summary>
    public T* Source;
    public nint SourceStep, SourceColumn;
    /// <summary>Whether packed panels are used once only, so that later ones may take their place.</summary>
    public bool Recycle;
    /// <summary>A last panel narrower than whole vectors, copied and filled up with zeros; null when B is packed.</summary>
    public T* BTail;
    public nint BTailStep;
    public T* C;
    public nint CRow, Rows, Columns, K;
    public T Alpha, Beta;
    /// <summary>With beta = 0, what every row of C begins with, or null.</summary>
    public T* Start;
    /// <summary>Biases already moved to the first row and column of this block; set for the last block of k only.</summary>
    public GemmEpilogue<T> Epilogue;

    /// <summary>Panels packed at a time: one alone would read a few bytes from each of many pages.</summary>
    public const int PanelsPerPacking = 4;

    public static int TileColumns { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2 * L.Count; }

    [SkipLocalsInit]
    public readonly void Run()
    {
        // Room for the tallest tile of the widest vectors: 12 rows of 128 bytes.
        byte* room = stackalloc byte[12 * 128 + 64];
        T* tile = (T*)(((nint)room + 63) & ~63);
        bool set = T.IsZero(Beta);
        bool plain = Epilogue.IsIdentity && (set || Beta == T.One);
        // The tiles that use one panel share the fetching of the next: a line at each pause of their steps.
        nint line = 64 / sizeof(T), tiles = GemmPlan.Ceiling(Rows, L.Rows), pause = Math.Clamp(tiles / 2, 1, 8);
        nint farPart = BStep == TileColumns ? GemmPlan.Ceiling(K * TileColumns, tiles * line) : 0;
        T* b = B;
        for (nint j = 0; j < Columns; j += TileColumns, b += BPanel)
        {
            int columns = (int)Math.Min(TileColumns, Columns - j);
            int vectors = columns > L.Count ? 2 : 1;
            bool whole = columns == vectors * L.Count;
            T* panel = b;
            nint step = BStep;
            if (!whole && BTail != null)
            {
                panel = BTail;
                step = BTailStep;
            }
            if (Source != null && j % (PanelsPerPacking * TileColumns) == 0)
            {
                if (Recycle)
                    panel = b = B;
                GemmPacking<T>.Pack(Source + j * SourceColumn, SourceColumn, SourceStep, Math.Min(PanelsPerPacking * TileColumns, Columns - j), K, TileColumns, b, BPanel);
            }
            // After the last panel the next rows of C begin with the first.
            T* far = j + TileColumns < Columns ? b + BPanel : B;
            nint farStep = Source == null && BStep == TileColumns ? line : 0;
            T* a = A, start = Start != null ? Start + j : null;
            nint startRow = Start != null ? 0 : CRow;
            for (nint i = 0; i < Rows; i += L.Rows, a += APanel)
            {
                int rows = (int)Math.Min(L.Rows, Rows - i);
                T* c = C + i * CRow + j;
                if (whole && plain)
                {
                    RunTile(vectors, rows, a, panel, step, c, CRow, Alpha, start != null ? start : set ? null : c, startRow, far, farStep, pause);
                }
                else
                {
                    RunTile(vectors, rows, a, panel, step, tile, TileColumns, T.One, null, 0, far, farStep, pause);
                    Finish(tile, c, rows, columns, i, j, set);
                }
                far += farPart * farStep;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void RunTile(int vectors, int rows, T* a, T* b, nint bStep, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        if (ARow == 1)
        {
            if (vectors == 2)
                PackedTiles2<L, V, T>.Run(rows, a, AStep, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
            else
                PackedTiles1<L, V, T>.Run(rows, a, AStep, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
        }
        else
        {
            if (vectors == 2)
                StridedTiles2<L, V, T>.Run(rows, a, ARow, AStep, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
            else
                StridedTiles1<L, V, T>.Run(rows, a, ARow, AStep, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
        }
    }

    /// <summary>Carries a tile that is not stored as it is from its buffer to C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(T* tile, T* c, int rows, int columns, nint i, nint j, bool set)
    {
        V alpha = L.Broadcast(Alpha), beta = L.Broadcast(Beta), one = L.Broadcast(T.One);
        for (int row = 0; row < rows; row++, tile += TileColumns, c += CRow)
        {
            T rowBias = Epilogue.RowBias != null ? Epilogue.RowBias[i + row] : T.Zero;
            V rowBiases = L.Broadcast(rowBias);
            int column = 0;
            for (; column + L.Count <= columns; column += L.Count)
            {
                V x = L.Load(tile + column);
                x = Start != null ? L.MultiplyAdd(x, alpha, L.Load(Start + j + column))
                    : set ? L.Multiply(x, alpha) : L.MultiplyAdd(x, alpha, L.Multiply(L.Load(c + column), beta));
                if (Epilogue.RowBias != null)
                    x = L.MultiplyAdd(x, one, rowBiases);
                if (Epilogue.ColumnBias != null)
                    x = L.MultiplyAdd(x, one, L.Load(Epilogue.ColumnBias + j + column));
                if (Epilogue.Relu)
                    x = L.Rectify(x);
                L.Store(x, c + column);
            }
            for (; column < columns; column++)
            {
                T x = Start != null ? T.MultiplyAddEstimate(tile[column], Alpha, Start[j + column])
                    : set ? tile[column] * Alpha : T.MultiplyAddEstimate(tile[column], Alpha, c[column] * Beta);
                c[column] = Epilogue.Apply(x, i + row, j + column);
            }
        }
    }
}
