using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The rows of a pointwise loop, dealt out in chunks: long rows in segments, short ones several together.</summary>
/// <remarks>Extents and strides are as <see cref="LoopNest.Coalesce"/> leaves them, the destination's strides first. The chunks depend on the shape alone.</remarks>
internal unsafe readonly struct RowPlan
{
    // Segments begin where a line of the cache does, if the row does.
    private const long Alignment = 64;

    private readonly long* _extents, _strides;
    private readonly int _operands;
    private readonly long _inner, _rows, _rowsPerChunk, _segment, _segments;

    public RowPlan(long* extents, long* strides, int rank, int operands, long count, long grain)
    {
        _extents = extents;
        _strides = strides;
        (Rank, _operands) = (rank, operands);
        _inner = rank == 0 ? 1 : extents[rank - 1];
        _rows = 1;
        for (int i = 0; i < rank - 1; i++) _rows *= extents[i];
        (_rowsPerChunk, _segment, _segments, Chunks) = (_rows, _inner, 1, 1);
        // One chunk goes without the divisions, which would take as long as a small loop.
        if (count <= grain) return;
        long chunk = PointwiseGrain.Chunk(count, grain);
        if (_inner > chunk)
        {
            _segments = (_inner + chunk - 1) / chunk;
            _segment = ((_inner + _segments - 1) / _segments + Alignment - 1) & -Alignment;
            _segments = (_inner + _segment - 1) / _segment;
            _rowsPerChunk = 1;
            Chunks = (int)(_rows * _segments);
            return;
        }
        _rowsPerChunk = chunk / _inner;
        Chunks = (int)((_rows + _rowsPerChunk - 1) / _rowsPerChunk);
    }

    public int Rank { get; }

    public int Chunks { get; }

    /// <summary>The step of an operand along a row.</summary>
    public long Step(int operand) => Rank == 0 ? 0 : _strides[(operand + 1) * Rank - 1];

    /// <summary>The first row of a chunk; <paramref name="index"/> is room for <see cref="Rank"/> numbers.</summary>
    public Rows Open(int chunk, long* index)
    {
        long first = chunk * _rowsPerChunk, start = 0, count = _inner;
        if (_segments > 1)
        {
            first = chunk / _segments;
            start = (chunk - first * _segments) * _segment;
            count = Math.Min(_segment, _inner - start);
        }
        var rows = new Rows
        {
            Count = count, Result = start * Step(0), First = start * Step(1), Second = _operands > 2 ? start * Step(2) : 0, Third = _operands > 3 ? start * Step(3) : 0,
            Left = Math.Min(_rowsPerChunk, _rows - first), Extents = _extents, Strides = _strides, Index = index, Rank = Rank,
            // An operand that there is not goes where the destination goes, and nobody looks.
            OfSecond = _operands > 2 ? 2 * Rank : 0, OfThird = _operands > 3 ? 3 * Rank : 0,
        };
        for (int i = Rank - 2; i >= 0; i--)
        {
            index[i] = 0;
            if (first == 0) continue;
            index[i] = first % _extents[i];
            first /= _extents[i];
            rows.Advance(i, index[i]);
        }
        return rows;
    }

    /// <summary>A row, and the way to the next: where the operands begin, in elements.</summary>
    public struct Rows
    {
        public long Count, Result, First, Second, Third, Left;
        public long* Extents, Strides, Index;
        public int Rank, OfSecond, OfThird;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(int dimension, long steps)
        {
            long* strides = Strides + dimension;
            Result += strides[0] * steps;
            First += strides[Rank] * steps;
            Second += strides[OfSecond] * steps;
            Third += strides[OfThird] * steps;
        }

        /// <summary>How many rows from this one on follow each other at <see cref="ResultStep"/> and <see cref="FirstStep"/>.</summary>
        public readonly long Straight => Math.Min(Left, Extents[Rank - 2] - Index[Rank - 2]);

        public readonly long ResultStep => Strides[Rank - 2];

        public readonly long FirstStep => Strides[2 * Rank - 2];

        /// <summary>Passes over so many rows, as many as stay straight.</summary>
        public void Skip(long rows)
        {
            Advance(Rank - 2, rows);
            Index[Rank - 2] += rows;
            Left -= rows;
        }

        /// <summary>Goes to the next row; false after the chunk's last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Next()
        {
            if (--Left <= 0) return false;
            int i = Rank - 2;
            Advance(i, 1);
            if (++Index[i] >= Extents[i]) Carry(i);
            return true;
        }

        private void Carry(int i)
        {
            while (true)
            {
                Advance(i, -Extents[i]);
                Index[i] = 0;
                if (--i < 0) return;
                Advance(i, 1);
                if (++Index[i] < Extents[i]) return;
            }
        }
    }
}
