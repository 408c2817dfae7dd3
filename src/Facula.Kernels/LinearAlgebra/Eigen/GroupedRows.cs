using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// The product at the end of a division: new vectors from old ones, of which many are zero in one half. The old vectors are put in groups,
/// so that each half is a product of those that are not zero there.
/// </summary>
internal unsafe struct GroupedRows<R> : IDisposable where R : unmanaged, INumberBase<R>
{
    private readonly Scratch _memory, _lists;
    private readonly R* _packed;
    private int* _rows, _gone;
    private int _kept, _goneCount, _upperOnly, _lowerOnly;

    public GroupedRows(int n)
    {
        // The packed halves have pitches of their own, together a little wider than a row.
        _memory = Scratch.Rent<R>(n * (Triangular.Pitch<R>(n) + 4 * Vector512<R>.Count));
        _packed = (R*)_memory.Pointer;
        _lists = Scratch.Rent<int>(2 * n);
        Places = (int*)_lists.Pointer;
        _rows = Places + n;
    }

    /// <summary>Which of the kept vectors stands at each place.</summary>
    public readonly int* Places { get; }
    /// <summary>Where the first of the kept vectors stands.</summary>
    public int PlaceOfFirst { get; private set; }

    /// <summary>Orders the kept rows by kind: 0 for zero in the lower half, 1 for neither, 2 for zero in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Arrange(int* kept, int keptCount, int* kinds, int* gone, int goneCount)
    {
        _kept = keptCount;
        _gone = gone;
        _goneCount = goneCount;
        int at = 0;
        for (int kind = 0; kind < 3; kind++)
        {
            int before = at;
            for (int i = 0; i < keptCount; i++)
            {
                if (kinds[kept[i]] != kind)
                    continue;
                if (i == 0)
                    PlaceOfFirst = at;
                Places[at] = i;
                _rows[at++] = kept[i];
            }

            if (kind == 0)
                _upperOnly = at;
            else if (kind == 2)
                _lowerOnly = at - before;
        }
    }

    /// <summary>
    /// Row i becomes the combination of the kept rows by <paramref name="vectors"/>, for the columns before <paramref name="upper"/> and from
    /// <paramref name="lower"/> on; the rows gone follow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Multiply(R* rows, nint pitch, int upper, int lower, int columns, R* vectors, nint vectorPitch)
    {
        int above = _kept - _lowerOnly, below = _kept - _upperOnly, bottom = columns - lower;
        nint topPitch = Triangular.Pitch<R>(upper), bottomPitch = Triangular.Pitch<R>(bottom), fullPitch = Triangular.Pitch<R>(columns);
        R* first = _packed, second = first + above * topPitch, whole = second + below * bottomPitch;
        for (int i = 0; i < above; i++)
            VectorLoops.Copy(rows + _rows[i] * pitch, pitch, first + i * topPitch, topPitch, 1, upper);
        for (int i = 0; i < below; i++)
            VectorLoops.Copy(rows + _rows[_upperOnly + i] * pitch + lower, pitch, second + i * bottomPitch, bottomPitch, 1, bottom);
        for (int i = 0; i < _goneCount; i++)
            VectorLoops.Copy(rows + _gone[i] * pitch, pitch, whole + i * fullPitch, fullPitch, 1, columns);
        MatrixProduct.Multiply(vectors, vectorPitch, 1, first, topPitch, 1, rows, pitch, _kept, upper, above, 1, 0);
        MatrixProduct.Multiply(vectors + _upperOnly, vectorPitch, 1, second, bottomPitch, 1, rows + lower, pitch, _kept, bottom, below, 1, 0);
        VectorLoops.Copy(whole, fullPitch, rows + _kept * pitch, pitch, _goneCount, columns);
    }

    public readonly void Dispose()
    {
        _lists.Dispose();
        _memory.Dispose();
    }
}
