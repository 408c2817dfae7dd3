using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A rectangle of C and one block of k, cut into register tiles.</summary>
internal unsafe struct GemmBlock<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    /// <summary>A: the first element, the distance from one group of tile rows to the next, of two rows within it, and of two steps of k; one of the last two is 1.</summary>
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
    /// <summary>What beta multiplies, and the distance of its rows; null when it is C.</summary>
    public T* Addend;
    public nint AddendRow;
    /// <summary>With beta = 0, what every row of C begins with, or null.</summary>
    public T* Start;
    /// <summary>With beta = 0, what each row of C begins with, or null.</summary>
    public T* RowStart;
    /// <summary>Whether negative results of what begins with a bias become zero; set for the last block of k only.</summary>
    public bool Relu;
    /// <summary>Biases already moved to the first row and column of this block; set for the last block of k only.</summary>
    public GemmEpilogue<T> Epilogue;

    /// <summary>Steps of k from one fetch to the next where nothing lies far off; 0 lets the tiles of a panel share the fetching of the next.</summary>
    public int Pause;

    /// <summary>Panels packed at a time: one alone would read a few bytes from each of many pages.</summary>
    public const int PanelsPerPacking = 4;

    private static nint ColumnsPerPacking { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => PanelsPerPacking * TileColumns; }

    public static int TileColumns { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2 * L.Count; }

    /// <summary>A bias alone is where the sums start, and costs nothing there; without one they start at zero.</summary>
    public void StartWith(in GemmEpilogue<T> biases, nint row, nint column, bool relu)
    {
        Relu = relu;
        Start = biases.ColumnBias != null ? biases.ColumnBias + column : null;
        RowStart = biases.RowBias != null ? biases.RowBias + row : null;
    }

    /// <summary>Copies the last columns of B, which are no whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PackTail(T* source, nint columns, T* room)
    {
        bool two = columns > L.Count;
        int part = (int)(two ? columns - L.Count : columns);
        BTail = room;
        BTailStep = two ? TileColumns : L.Count;
        for (nint step = K; step > 0; step--, source += BStep, room += BTailStep)
        {
            if (two)
                L.Store(L.Load(source), room);
            L.Store(L.LoadPart(two ? source + L.Count : source, part), two ? room + L.Count : room);
        }
    }

    public readonly void Run()
    {
        if (!GemmPlan.GoesByRows(K) || Rows <= L.Rows || Columns <= TileColumns || Recycle && Source != null)
        {
            RunColumns();
            return;
        }
        var strip = this;
        if (Source != null)
        {
            GemmPacking<T>.Pack(Source, SourceColumn, SourceStep, Columns, K, TileColumns, B, BPanel);
            strip.Source = null;
        }
        nint height = Height, aPanel = IsLevel ? height * ARow : APanel;
        for (nint i = 0; i < Rows; i += height)
        {
            strip.Rows = Math.Min(height, Rows - i);
            strip.RunColumns();
            strip.A += aPanel;
            strip.C += height * CRow;
            if (Addend != null)
                strip.Addend += height * AddendRow;
            strip.Epilogue = strip.Epilogue.At(height, 0);
            if (RowStart != null)
                strip.RowStart += height;
        }
    }

    /// <summary>Rows that are not packed are cut into tiles of equal height: a low last one would keep the processor waiting.</summary>
    private readonly bool IsLevel => APanel == L.Rows * ARow;

    private readonly nint Height => IsLevel ? GemmPlan.Ceiling(Rows, GemmPlan.Ceiling(Rows, L.Rows)) : L.Rows;

    [SkipLocalsInit]
    private readonly void RunColumns()
    {
        // Room for the tallest tile of the widest vectors: 12 rows of 128 bytes.
        byte* room = stackalloc byte[12 * 128 + 64];
        T* tile = (T*)(((nint)room + 63) & ~63);
        bool set = T.IsZero(Beta);
        bool plain = Epilogue.IsIdentity && (set || Beta == T.One);
        nint line = 64 / sizeof(T), tiles = GemmPlan.Ceiling(Rows, L.Rows);
        nint height = Height, aPanel = IsLevel ? height * ARow : APanel;
        // The tiles that use one panel share the fetching of the next: a line at each pause of their steps.
        nint pause = Pause > 0 ? Pause : Math.Clamp(tiles / 2, 1, 8);
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
            if (Source != null && j % ColumnsPerPacking == 0)
            {
                if (Recycle)
                    panel = b = B;
                GemmPacking<T>.Pack(Source + j * SourceColumn, SourceColumn, SourceStep, Math.Min(ColumnsPerPacking, Columns - j), K, TileColumns, b, BPanel);
            }
            // After the last panel the next rows of C begin with the first.
            T* far = j + TileColumns < Columns ? b + BPanel : B;
            bool scattered = Source == null && BStep > TileColumns;
            T* ahead = far;
            nint farStep = scattered ? BStep : Source == null && BStep == TileColumns ? line : 0;
            T* a = A, start = Start != null ? Start + j : null;
            nint startRow = Start != null ? 0 : Addend != null ? AddendRow : CRow;
            for (nint i = 0; i < Rows; i += height, a += aPanel)
            {
                int rows = (int)Math.Min(height, Rows - i);
                T* c = C + i * CRow + j;
                if (scattered)
                    far = ahead + Scattered(i / height, tiles, line);
                if (whole && plain)
                {
                    T* addend = start != null ? start : set ? null : Addend != null ? Addend + i * AddendRow + j : c;
                    nint addendRow = startRow;
                    if (RowStart != null)
                    {
                        Spread(RowStart + i, rows, tile);
                        addend = tile;
                        addendRow = TileColumns;
                    }
                    RunTile(vectors, rows, a, panel, step, c, CRow, Alpha, addend, addendRow, far, farStep, pause);
                    if (Relu)
                        Rectify(c, rows, vectors);
                }
                else if (plain && set && start == null && RowStart == null && !Relu)
                {
                    RunTile(vectors, rows, a, panel, step, tile, TileColumns, Alpha, null, 0, far, farStep, pause);
                    StorePart(tile, c, rows, columns);
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

    /// <summary>Where a tile begins to fetch of a panel whose rows lie where B has them: the tiles share the first lines of all rows, then the second ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nint Scattered(nint tile, nint tiles, nint line)
    {
        nint share = 2 * tile;
        return share < tiles ? share * K / tiles * BStep : (share - tiles) * K / tiles * BStep + line;
    }

    /// <summary>max(C, 0) in a tile that was just stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Rectify(T* c, int rows, int vectors)
    {
        for (nint row = CRow; rows > 0; rows--, c += row)
        {
            L.Store(L.Rectify(L.Load(c)), c);
            if (vectors == 2)
                L.Store(L.Rectify(L.Load(c + L.Count)), c + L.Count);
        }
    }

    /// <summary>Each row's bias in all columns of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(T* biases, int rows, T* tile)
    {
        for (int row = 0; row < rows; row++, tile += TileColumns)
        {
            V bias = L.Broadcast(biases[row]);
            L.Store(bias, tile);
            L.Store(bias, tile + L.Count);
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
                StridedTiles2<L, V, T>.Run(rows, a, ARow, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
            else
                StridedTiles1<L, V, T>.Run(rows, a, ARow, b, bStep, K, c, cRow, alpha, addend, addendRow, far, farStep, pause);
        }
    }

    /// <summary>Carries the first columns of a tile from its buffer to C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StorePart(T* tile, T* c, int rows, int columns)
    {
        nint row = CRow;
        if (columns <= L.Count)
        {
            for (; rows > 0; rows--, tile += TileColumns, c += row)
                L.StorePart(L.Load(tile), c, columns);
            return;
        }
        for (; rows > 0; rows--, tile += TileColumns, c += row)
        {
            L.Store(L.Load(tile), c);
            L.StorePart(L.Load(tile + L.Count), c + L.Count, columns - L.Count);
        }
    }

    /// <summary>Carries a tile that is not stored as it is from its buffer to C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(T* tile, T* c, int rows, int columns, nint i, nint j, bool set)
    {
        V alpha = L.Broadcast(Alpha), beta = L.Broadcast(Beta);
        T* addend = Addend != null ? Addend + i * AddendRow + j : c;
        for (int row = 0; row < rows; row++, tile += TileColumns, c += CRow, addend += Addend != null ? AddendRow : CRow)
        {
            V rowBias = L.Broadcast(Epilogue.RowBias != null ? Epilogue.RowBias[i + row] : T.Zero);
            V rowStart = L.Broadcast(RowStart != null ? RowStart[i + row] : T.Zero);
            for (int column = 0; column < columns; column += L.Count)
            {
                int part = columns - column;
                V x = L.Load(tile + column);
                x = Start != null ? L.MultiplyAdd(x, alpha, Part(Start + j + column, part))
                    : RowStart != null ? L.MultiplyAdd(x, alpha, rowStart)
                    : set ? L.Multiply(x, alpha) : L.MultiplyAdd(x, alpha, L.Multiply(Part(addend + column, part), beta));
                if (Epilogue.RowBias != null)
                    x = L.Add(x, rowBias);
                if (Epilogue.ColumnBias != null)
                    x = L.Add(x, Part(Epilogue.ColumnBias + j + column, part));
                if (Epilogue.Relu || Relu)
                    x = L.Rectify(x);
                if (part >= L.Count)
                    L.Store(x, c + column);
                else
                    L.StorePart(x, c + column, part);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Part(T* source, int count) => count >= L.Count ? L.Load(source) : L.LoadPart(source, count);
}
