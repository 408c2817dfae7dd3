using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>
/// Plane rotations of neighbouring rows, recorded by an iteration on a few numbers and applied later to whole rows, strip by strip in the
/// first-level cache.
/// </summary>
/// <typeparam name="R">float or double.</typeparam>
internal unsafe struct RotationLog<R> : IDisposable where R : unmanaged, INumberBase<R>
{
    private readonly R* _rows;
    private readonly nint _stride, _rowCount, _columns;
    private readonly Scratch _memory;
    private readonly R* _pairs;
    private readonly List<Sweep> _sweeps;
    private readonly int _capacity;
    private int _used;

    /// <param name="rows">What is rotated, or null when only the numbers of the iteration are wanted; rows must be padded to whole vectors.</param>
    /// <param name="capacity">How many rotations are gathered before they are applied; no chain may be longer.</param>
    public RotationLog(R* rows, nint stride, nint rowCount, nint columns, int capacity = 65536)
    {
        _capacity = capacity;
        _rows = rows;
        _stride = stride;
        _rowCount = rowCount;
        _columns = columns;
        _sweeps = [];
        if (rows != null)
        {
            _memory = Scratch.Rent<R>(2 * _capacity + rowCount * 4 * Vector512<R>.Count);
            _pairs = (R*)_memory.Pointer;
        }
    }

    private readonly record struct Sweep(int First, int Count, bool Down, int Offset);

    public readonly bool IsRecording => _rows != null;

    /// <summary>
    /// Starts a chain of <paramref name="count"/> rotations of rows (i, i+1): i falls from first + count − 1 to first, or rises from first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(int first, int count, bool down)
    {
        if (_rows == null)
            return;
        if (_used + count > _capacity)
            Apply();
        if (count > _capacity)
            throw new ArgumentOutOfRangeException(nameof(count), count, "The matrix is too large for the rotation log.");
        _sweeps.Add(new Sweep(first, count, down, _used));
    }

    /// <summary>The next rotation of the chain: rowᵢ = c·rowᵢ − s·rowᵢ₊₁, rowᵢ₊₁ = s·rowᵢ + c·rowᵢ₊₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double c, double s)
    {
        if (_rows == null)
            return;
        // One step towards c² + s² = 1: the errors of thousands of rotations add up otherwise.
        double defect = 0.5 * Math.FusedMultiplyAdd(-s, s, Math.FusedMultiplyAdd(-c, c, 1));
        _pairs[2 * _used] = R.CreateTruncating(Math.FusedMultiplyAdd(c, defect, c));
        _pairs[2 * _used + 1] = R.CreateTruncating(Math.FusedMultiplyAdd(s, defect, s));
        _used++;
    }

    /// <summary>Applies what is recorded and empties the log.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply()
    {
        if (_used == 0)
            return;
        int width = 4 * Vector512<R>.Count;
        R* strip = _pairs + 2 * _capacity;
        int first = int.MaxValue, last = 0;
        foreach (Sweep sweep in _sweeps)
        {
            first = Math.Min(first, sweep.First);
            last = Math.Max(last, sweep.First + sweep.Count);
        }

        for (nint j = 0; j < _columns; j += width)
        {
            nint columns = Math.Min(width, (_columns - j + Vector512<R>.Count - 1) / Vector512<R>.Count * Vector512<R>.Count);
            // All of a strip is rotated: what was left in the memory could be denormal numbers, a hundred times as slow.
            if (columns < width)
                new Span<R>(strip, (last - first + 1) * width).Clear();
            VectorLoops.Copy(_rows + first * _stride + j, _stride, strip, width, last - first + 1, columns);
            foreach (Sweep sweep in _sweeps)
            {
                R* pairs = _pairs + 2 * sweep.Offset;
                R* start = strip + (sweep.First - first) * width;
                if (sweep.Down)
                    ApplyDown(start + sweep.Count * width, pairs, sweep.Count);
                else
                    ApplyUp(start, pairs, sweep.Count);
            }

            VectorLoops.Copy(strip, width, _rows + first * _stride + j, _stride, last - first + 1, columns);
        }

        _sweeps.Clear();
        _used = 0;
    }

    /// <summary>The row shared by two rotations stays in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyDown(R* row, R* pairs, int count)
    {
        int lanes = Vector512<R>.Count, width = 4 * lanes;
        Vector512<R> x0 = Vector512.Load(row), x1 = Vector512.Load(row + lanes), x2 = Vector512.Load(row + 2 * lanes), x3 = Vector512.Load(row + 3 * lanes);
        for (; count > 0; count--)
        {
            Vector512<R> c = Vector512.Create(pairs[0]), s = Vector512.Create(pairs[1]);
            R* next = row - width;
            Vector512<R> y0 = Vector512.Load(next), y1 = Vector512.Load(next + lanes), y2 = Vector512.Load(next + 2 * lanes), y3 = Vector512.Load(next + 3 * lanes);
            Fma(s, y0, c * x0).Store(row);
            Fma(s, y1, c * x1).Store(row + lanes);
            Fma(s, y2, c * x2).Store(row + 2 * lanes);
            Fma(s, y3, c * x3).Store(row + 3 * lanes);
            x0 = Fma(c, y0, -(s * x0));
            x1 = Fma(c, y1, -(s * x1));
            x2 = Fma(c, y2, -(s * x2));
            x3 = Fma(c, y3, -(s * x3));
            row = next;
            pairs += 2;
        }

        x0.Store(row);
        x1.Store(row + lanes);
        x2.Store(row + 2 * lanes);
        x3.Store(row + 3 * lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyUp(R* row, R* pairs, int count)
    {
        int lanes = Vector512<R>.Count, width = 4 * lanes;
        Vector512<R> x0 = Vector512.Load(row), x1 = Vector512.Load(row + lanes), x2 = Vector512.Load(row + 2 * lanes), x3 = Vector512.Load(row + 3 * lanes);
        for (; count > 0; count--)
        {
            Vector512<R> c = Vector512.Create(pairs[0]), s = Vector512.Create(pairs[1]);
            R* next = row + width;
            Vector512<R> y0 = Vector512.Load(next), y1 = Vector512.Load(next + lanes), y2 = Vector512.Load(next + 2 * lanes), y3 = Vector512.Load(next + 3 * lanes);
            Fma(c, x0, -(s * y0)).Store(row);
            Fma(c, x1, -(s * y1)).Store(row + lanes);
            Fma(c, x2, -(s * y2)).Store(row + 2 * lanes);
            Fma(c, x3, -(s * y3)).Store(row + 3 * lanes);
            x0 = Fma(c, y0, s * x0);
            x1 = Fma(c, y1, s * x1);
            x2 = Fma(c, y2, s * x2);
            x3 = Fma(c, y3, s * x3);
            row = next;
            pairs += 2;
        }

        x0.Store(row);
        x1.Store(row + lanes);
        x2.Store(row + 2 * lanes);
        x3.Store(row + 3 * lanes);
    }

    public readonly void Dispose() => _memory.Dispose();
}
