using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>The reflections of a chain of bulges, recorded while it passes, for columns that the chain itself does not read.</summary>
/// <remarks>These are reflected afterwards, strip by strip, bulge by bulge: two of the three rows that a reflection changes stay in registers for the next one.</remarks>
internal unsafe struct BulgeLog : IDisposable
{
    private const int Numbers = 5;

    private readonly Scratch _memory;
    private readonly double* _numbers, _strip;
    private readonly int _first, _steps, _bulges;

    /// <summary>For bulges that pass from row <paramref name="first"/> to row <paramref name="last"/>.</summary>
    public BulgeLog(int first, int last, int bulges)
    {
        (_first, _steps, _bulges) = (first, last - first, bulges);
        nint numbers = (nint)Numbers * _steps * bulges + 7;
        _memory = Scratch.Rent<double>(numbers + (_steps + 1) * (nint)Width);
        _strip = (double*)_memory.Pointer;
        _numbers = _strip + (_steps + 1) * (nint)Width;
    }

    private static int Width => 4 * Vector512<double>.Count;

    /// <summary>The reflection of rows k, k + 1 and, but for the last, k + 2.</summary>
    public readonly void Add(int bulge, int k, double tau, double v1, double v2)
    {
        double* to = _numbers + Numbers * ((nint)bulge * _steps + k - _first);
        (to[0], to[1], to[2], to[3], to[4]) = (v1, v2, -tau, -tau * v1, -tau * v2);
    }

    /// <summary>Reflects columns, of which the matrix's row 0 is given.</summary>
    public readonly void Apply(double* matrix, nint pitch, nint columns)
    {
        matrix += _first * pitch;
        for (nint j = 0; j < columns; j += Width)
        {
            nint count = Math.Min(Width, columns - j);
            // What was left in the memory could be denormal numbers.
            if (count < Width)
                new Span<double>(_strip, (_steps + 1) * Width).Clear();
            VectorLoops.Copy(matrix + j, pitch, _strip, Width, _steps + 1, count);
            for (int bulge = 0; bulge < _bulges; bulge++)
                Pass(_strip, _numbers + Numbers * ((nint)bulge * _steps), _steps - 1);
            VectorLoops.Copy(_strip, Width, matrix + j, pitch, _steps + 1, count);
        }
    }

    /// <summary>One bulge's way down a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(double* row, double* numbers, int count)
    {
        int lanes = Vector512<double>.Count, width = 4 * lanes;
        Vector512<double> x0 = Vector512.Load(row), x1 = Vector512.Load(row + lanes), x2 = Vector512.Load(row + 2 * lanes), x3 = Vector512.Load(row + 3 * lanes);
        row += width;
        Vector512<double> y0 = Vector512.Load(row), y1 = Vector512.Load(row + lanes), y2 = Vector512.Load(row + 2 * lanes), y3 = Vector512.Load(row + 3 * lanes);
        Vector512<double> w1, t0, t1;
        for (; count > 0; count--, numbers += Numbers)
        {
            double* next = row + width, before = row - width;
            w1 = Vector512.Create(numbers[0]);
            t0 = Vector512.Create(numbers[2]);
            t1 = Vector512.Create(numbers[3]);
            Vector512<double> w2 = Vector512.Create(numbers[1]), t2 = Vector512.Create(numbers[4]);
            Vector512<double> z0 = Vector512.Load(next), z1 = Vector512.Load(next + lanes), z2 = Vector512.Load(next + 2 * lanes), z3 = Vector512.Load(next + 3 * lanes);
            Vector512<double> s0 = Fma(w2, z0, Fma(w1, y0, x0)), s1 = Fma(w2, z1, Fma(w1, y1, x1)), s2 = Fma(w2, z2, Fma(w1, y2, x2)), s3 = Fma(w2, z3, Fma(w1, y3, x3));
            Fma(t0, s0, x0).Store(before);
            Fma(t0, s1, x1).Store(before + lanes);
            Fma(t0, s2, x2).Store(before + 2 * lanes);
            Fma(t0, s3, x3).Store(before + 3 * lanes);
            (x0, x1, x2, x3) = (Fma(t1, s0, y0), Fma(t1, s1, y1), Fma(t1, s2, y2), Fma(t1, s3, y3));
            (y0, y1, y2, y3) = (Fma(t2, s0, z0), Fma(t2, s1, z1), Fma(t2, s2, z2), Fma(t2, s3, z3));
            row = next;
        }

        w1 = Vector512.Create(numbers[0]);
        t0 = Vector512.Create(numbers[2]);
        t1 = Vector512.Create(numbers[3]);
        Last(row - width, w1, t0, t1, x0, y0);
        Last(row - width + lanes, w1, t0, t1, x1, y1);
        Last(row - width + 2 * lanes, w1, t0, t1, x2, y2);
        Last(row - width + 3 * lanes, w1, t0, t1, x3, y3);
    }

    /// <summary>The reflection of the last two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Last(double* row, Vector512<double> w1, Vector512<double> t0, Vector512<double> t1, Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> sum = Fma(w1, y, x);
        Fma(t0, sum, x).Store(row);
        Fma(t1, sum, y).Store(row + Width);
    }

    public readonly void Dispose() => _memory.Dispose();
}
